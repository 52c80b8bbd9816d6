/** Why pairs are wrong, by target: what the code or the pattern would need that Countersign does not do, or does on purpose. */

const HOOK =
  "a debugging hook of Semgrep's matcher (`m_stmt` in `Generic_vs_generic.ml`), documented nowhere: in the scanned code, a call of this very name is found by every statement pattern";

/** @type {Readonly<Record<string, string>>} */
export const REASONS = {
  // semgrep-rules
  'javascript/react/correctness/hooks/set-state-no-op.jsx':
    '`useState<T>()` in a `.jsx` file reads as two comparisons there, as JavaScript says',
  // tests/rules
  'parse_pattern_as_stmt.ts': '`import $I = $FOO` asks for an alias; `import i = require()` is an import here',
  // tests/rules_v2
  'r2c_was_here.java': HOOK,
  'r2c_was_here_again.cpp': HOOK,
  // tests/patterns
  'bash/dots_string.bash': '`"..."` finds every quoted string; Semgrep reads one without expansions as a plain word',
  'bash/quoted-ellipsis.bash': '`"..."` finds every quoted string; Semgrep reads one without expansions as a plain word',
  'bash/quoted-named-ellipsis.bash': '`"$...X"` finds every quoted string; Semgrep reads one without expansions as a plain word',
  'dockerfile/dots_string.dockerfile': '`"..."` finds every quoted string; Semgrep reads one without expansions as a plain word',
  'dockerfile/env-const-prop.dockerfile': 'values of `ENV` are not followed into later instructions',
  'dockerfile/metavar-backref.dockerfile': 'a bare word of an instruction and a word of its shell code are not unified',
  'dockerfile/user-group-expansion.dockerfile':
    '`${$X}` is read as text: expansions in instructions that are no shell code have no structure',
  'cpp/toplevel_ellipsis.cpp': '`...` alone finds statements in bodies, not definitions',
  'generic/dots_args.generic':
    "the target's remark about ten lines is not what Semgrep's matcher does here: each `...` of a block has its own ten",
  'generic/misc_else_blocks_brace.generic': 'the mark stands one line before the place where the pattern begins',
  'go/dots_function_type.go': 'parameters whose type is a function type with `...` in it',
  'go/import_metavar2.go': 'a local variable that hides an import, bound through a metavariable',
  'go/make_ellipsis_firstarg.go': "`make`'s type and its other arguments are not one list",
  'java/cp_is_must_analysis.java': 'fields that a method itself sets have no constant there',
  'java/cp_synchronized1.java': 'a value assigned in a `synchronized` block is not followed behind it through a second variable',
  'java/cp_try_return.java': 'no flow analysis of `try`: which assignments reach the code behind it is not known',
  'java/metavar_typed_bool.java': 'no types of library methods (`equals`, `get`, `isEmpty`), of `^`, `|` and `&`, and of generic arguments',
  'java/misc_switch_e.java': 'a `switch` that is an expression is not found by a `switch` statement without cases',
  'js/aliasing_require.js': '`require(m).f()` is resolved here; the target notes it as still to be done',
  'js/cp_implicit_conversion.js':
    'a string that is put together from pieces is not looked for in files that do not hold it in one piece (see rule-format.md)',
  'js/cp_throw.js': 'no flow analysis: code behind a `throw` counts as reached',
  'js/deep_expr_xml.js': 'what is found begins at the expression, not at the parenthesis around it',
  'json/metavar_array.json': 'a bare word as a value is no JSON',
  'julia/implicit_return.jl': 'what a `try` returns is followed into its handlers and past `else`',
  'julia/using_import.jl': '`using $X` also finds `using x as y`',
  'kotlin/not_string_metavar.kt': 'in a string of a pattern `$THERE` is always a metavariable, never an interpolation of the code',
  'kotlin/string_metavar.kt': '`"$X"` finds strings without interpolation, empty ones too',
  'lua/assignment.lua': 'lists of unequal length on the two sides are not taken apart',
  'php/anonymous_metavar.php': 'no node stands for the end of PHP code',
  'php/constant_propogation.php': 'class constants (`self::X`) have no value here',
  'php/cp_builtin.php': "no knowledge of PHP's own functions: that `escapeshellarg` returns a string",
  'php/cp_global.php': "no knowledge of PHP's own functions: that `escapeshellarg` returns a string",
  'php/dots_interpolated.php': '`...` as a part of an interpolated string is text',
  'python/assoc_matching_free1.py': 'a metavariable-free `A or B or B` is also found at the beginning of a longer chain',
  'python/cp_concat.py': 'literals side by side on two lines: the string does not stand in one piece',
  'python/cp_exception.py': 'no flow analysis of `try`: which assignments reach the code behind it is not known',
  'python/cp_python_mult_string1.py': 'a repeated string counts as a string only if how often is known',
  'python/dict_ellipsis.py': '`...` as a type argument (`Dict[...]`) asks for one argument',
  'python/misc_faketok2.py': '`"=~/.../"` does not look into strings with interpolations',
  'python/misc_prefix_string.py': '`b"x"` and `"x"` are the same to a metavariable',
  'python/scoped_wildcard.py': 'wildcard imports are resolved for names that are spelled with the module, too',
  'ruby/cp_concat.rb': '`concat` changes a string in place; that is not known',
  'ruby/cp_string_mutable.rb': '`<<` changes a string in place; that is not known',
  'ruby/misc_dot_call.rb': 'the name of a block parameter counts as an expression',
  'rust/attribute_ellipsis.rs': '`#[a(...)]` asks for arguments',
  'rust/attribute_matching.rs': 'attributes with arguments are compared in their order',
  'rust/dots_struct.rs': '`...` as a member of a struct',
  'rust/match_variant_names.rs': 'arms of a `match` are compared in their order',
  'rust/misc_scoped_idents_as.rs': 'the path of a `use` itself is found, too',
  'scala/apply_as_new.scala': '`X.apply()` is no `new X()`',
  'scala/class_params.scala': 'parameters of a class have no type in its body',
  'scala/constructor_annots.scala': 'an annotation of a constructor with an empty parameter list is not found on one without',
  'scala/implicit_return.scala': 'returns that the target notes as still to be found are found',
  'scala/metavar_pat.scala': 'a metavariable as the pattern of a `case` does not bind a name',
};
