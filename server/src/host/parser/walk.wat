;; Reads a whole syntax tree in one crossing. Built by scripts/build-walk.mjs into walk.ts; the source of truth is this file.
;;
;; The tree-sitter runtime keeps the cursor in its transfer buffer, so `walk` needs only the tree's address. It stores
;; 16 bytes a node, in preorder: start, end (UTF-16 code units), kind | field << 16 | missing << 24, depth.
(module
  (import "ts" "first_child" (func $first_child (param i32) (result i32)))
  (import "ts" "next_sibling" (func $next_sibling (param i32) (result i32)))
  (import "ts" "parent" (func $parent (param i32) (result i32)))
  (import "ts" "kind" (func $kind (param i32) (result i32)))
  (import "ts" "field" (func $field (param i32) (result i32)))
  (import "ts" "start" (func $start (param i32) (result i32)))
  (import "ts" "end" (func $end (param i32) (result i32)))
  (import "ts" "missing" (func $missing (param i32) (result i32)))
  (import "ts" "memory" (memory 0))
  ;; Returns how many nodes were stored; never more than `limit`.
  (func (export "walk") (param $tree i32) (param $out i32) (param $limit i32) (result i32)
    (local $count i32) (local $depth i32) (local $at i32) (local $s i32) (local $e i32) (local $flags i32)
    (block $done
      (loop $visit
        (br_if $done (i32.ge_u (local.get $count) (local.get $limit)))
        (local.set $at (i32.add (local.get $out) (i32.shl (local.get $count) (i32.const 4))))
        (local.set $s (call $start (local.get $tree)))
        (local.set $e (call $end (local.get $tree)))
        (local.set $flags
          (i32.or
            (i32.and (call $kind (local.get $tree)) (i32.const 0xffff))
            (i32.shl (i32.and (call $field (local.get $tree)) (i32.const 0xff)) (i32.const 16))))
        (if (i32.eq (local.get $s) (local.get $e))
          (then
            (if (call $missing (local.get $tree))
              (then (local.set $flags (i32.or (local.get $flags) (i32.const 0x1000000)))))))
        (i32.store (local.get $at) (local.get $s))
        (i32.store offset=4 (local.get $at) (local.get $e))
        (i32.store offset=8 (local.get $at) (local.get $flags))
        (i32.store offset=12 (local.get $at) (local.get $depth))
        (local.set $count (i32.add (local.get $count) (i32.const 1)))
        (if (call $first_child (local.get $tree))
          (then
            (local.set $depth (i32.add (local.get $depth) (i32.const 1)))
            (br $visit)))
        (loop $ascend
          (br_if $visit (call $next_sibling (local.get $tree)))
          (br_if $done (i32.eqz (call $parent (local.get $tree))))
          (local.set $depth (i32.sub (local.get $depth) (i32.const 1)))
          (br $ascend))))
    (local.get $count)))
