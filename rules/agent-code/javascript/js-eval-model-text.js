function runStep(step, completion) {
  // ruleid: js-eval-model-text
  const value = eval(completion);
  // ruleid: js-eval-model-text
  const fn = new Function("robot", step.generatedCode);
  // ruleid: js-eval-model-text
  window.eval(step.llmOutput);
  // ruleid: js-eval-model-text
  setInterval("tick(" + step.toolInput + ")", 50);
  return [value, fn];
}

class Parser {
  eval(text) {
    return text;
  }

  run(answer) {
    // ok: js-eval-model-text
    return this.eval(answer);
  }
}

function fine(answer, source) {
  // ok: js-eval-model-text
  const number = Number(answer);
  // js-eval-dynamic reports the next one: nothing says that a model wrote it
  // ok: js-eval-model-text
  eval(source);
  // ok: js-eval-model-text
  eval("1 + 1");
  const TWO = "1 + 1";
  // ok: js-eval-model-text
  eval(TWO);
  // ok: js-eval-model-text
  setTimeout(function () { return answer; }, 5);
  return number;
}
