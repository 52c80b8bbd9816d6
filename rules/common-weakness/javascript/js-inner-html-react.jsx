export function Answer({ html, markup }) {
  // ruleid: js-inner-html-react
  const first = <div className="answer" dangerouslySetInnerHTML={{ __html: html }} />;
  // ruleid: js-inner-html-react
  const second = <span dangerouslySetInnerHTML={markup()}></span>;
  // ruleid: js-inner-html-react
  const third = React.createElement("p", { dangerouslySetInnerHTML: { __html: html } });
  // ok: js-inner-html-react
  const fixed = <div dangerouslySetInnerHTML={{ __html: "<b>fixed</b>" }} />;
  // ok: js-inner-html-react
  const clean = <div dangerouslySetInnerHTML={{ __html: DOMPurify.sanitize(html) }} />;
  // ok: js-inner-html-react
  const text = <div>{html}</div>;
  return [first, second, third, fixed, clean, text];
}
