import marshal
import types
from types import FunctionType


def make(source, blob):
    # ruleid: python-code-object-function
    direct = types.FunctionType(compile(source, "<skill>", "exec"), globals())
    compiled = compile(source, "<skill>", "exec")
    # ruleid: python-code-object-function
    second = types.FunctionType(compiled.co_consts[0], globals(), "skill")
    # ruleid: python-code-object-function
    third = FunctionType(compiled, {})
    # ruleid: python-code-object-function
    fourth = types.FunctionType(marshal.loads(blob), globals())
    return direct, second, third, fourth


def fine(function, source, pattern):
    # ok: python-code-object-function
    same = types.FunctionType(function.__code__, globals())
    # ok: python-code-object-function
    kind = isinstance(function, types.FunctionType)
    # ok: python-code-object-function
    method = types.MethodType(function, source)
    # ok: python-code-object-function
    regex = re.compile(pattern)
    # ok: python-code-object-function
    one = types.FunctionType(compile("1", "<one>", "eval"), {})
    return same, kind, method, regex, one
