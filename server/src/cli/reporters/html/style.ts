/** The look of HTML reports: one style, light and dark by the reader's setting, readable on a phone and on paper. */
import type { Markup } from './markup.js';

export const STYLE = `
:root {
  --bg: #f7f7f5; --card: #ffffff; --ink: #1c1d21; --soft: #5c6068; --line: #e2e2dd; --code: #f3f3ef; --accent: #3b5bdb;
  --error: #b3261e; --warning: #8f5a00; --note: #2f5fa8; --error-bg: #fbe9e7; --warning-bg: #fdf1d8; --note-bg: #e6eefa;
  --plus: #e6f4ea; --minus: #fbe9e7; --cell: #ededea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --bg: #16171a; --card: #1f2024; --ink: #e8e8e6; --soft: #a2a6ae; --line: #33353b; --code: #191a1d; --accent: #91a7ff;
    --error: #ff8a80; --warning: #f2b84b; --note: #8ab4f8; --error-bg: #44211f; --warning-bg: #41310f; --note-bg: #1e2f4a;
    --plus: #17301f; --minus: #3d2220; --cell: #2a2c31;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--bg); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
main, header.top { max-width: 1080px; margin: 0 auto; padding: 0 20px; }
header.top { padding-top: 28px; }
h1 { font-size: 1.45rem; line-height: 1.25; margin: 4px 0 8px; letter-spacing: -0.01em; text-wrap: pretty; }
h2 { font-size: 1.15rem; margin: 40px 0 4px; }
p { margin: 6px 0; }
.brand { color: var(--soft); font-size: 0.9rem; font-weight: 600; }
.soft { color: var(--soft); }
code, .frame, .place { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.86em; }
code { background: var(--code); border-radius: 4px; padding: 1px 4px; overflow-wrap: anywhere; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(128px, 1fr)); gap: 10px; margin: 18px 0 8px; padding: 0; list-style: none; }
.tiles li { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 10px 14px; }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { color: var(--soft); font-size: 0.86rem; }
.picture { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 12px; margin-top: 10px; }
.picture svg { display: block; width: 100%; min-width: 640px; height: auto; font: 12px system-ui, "DejaVu Sans", sans-serif; }
.picture text { fill: var(--ink); } .picture .head { fill: var(--soft); font-size: 11px; } .picture .file { font: 11.5px ui-monospace, "DejaVu Sans Mono", monospace; }
.picture .none { fill: var(--cell); }
.picture .ERROR { fill: var(--error); } .picture .WARNING { fill: var(--warning); } .picture .INFO { fill: var(--note); }
.picture .on { fill: var(--card); font-weight: 700; pointer-events: none; }
.picture [role="button"] { cursor: pointer; } .picture [role="button"]:focus-visible { outline-offset: 1px; }
ol.reading { list-style: none; padding: 0; margin: 10px 0; counter-reset: rank; }
ol.reading > li, .item { background: var(--card); border: 1px solid var(--line); border-radius: 10px; margin: 8px 0; }
ol.reading > li { counter-increment: rank; }
summary { position: relative; cursor: pointer; padding: 10px 34px 10px 14px; list-style: none; display: flex; flex-wrap: wrap; gap: 4px 10px; align-items: baseline; border-radius: 10px; }
summary::-webkit-details-marker { display: none; }
summary::after { content: "▸"; color: var(--soft); position: absolute; right: 14px; top: 10px; }
details[open] > summary::after { content: "▾"; }
.reading summary::before { content: counter(rank); font-weight: 700; color: var(--soft); min-width: 1.4em; font-variant-numeric: tabular-nums; }
.bar { width: 46px; height: 8px; align-self: center; flex: none; } .bar .bg { fill: var(--cell); } .bar .fg { fill: var(--accent); }
.say { flex: 1 1 320px; min-width: 0; overflow-wrap: anywhere; }
.place { color: var(--soft); overflow-wrap: anywhere; }
.badge { font-size: 0.74rem; font-weight: 700; border-radius: 5px; padding: 1px 7px; text-transform: uppercase; letter-spacing: 0.03em; flex: none; }
.badge.ERROR { color: var(--error); background: var(--error-bg); } .badge.WARNING { color: var(--warning); background: var(--warning-bg); } .badge.INFO { color: var(--note); background: var(--note-bg); }
.tag { font-size: 0.8rem; color: var(--soft); border: 1px solid var(--line); border-radius: 5px; padding: 0 6px; overflow-wrap: anywhere; }
.tag.ai { color: var(--accent); border-color: var(--accent); }
.more { padding: 0 14px 12px; border-top: 1px solid var(--line); }
.more > :first-child { margin-top: 10px; }
.frame { background: var(--code); border: 1px solid var(--line); border-radius: 8px; margin: 10px 0; padding: 6px 0; overflow-x: auto; line-height: 1.55; tab-size: 4; }
.frame div { display: flex; width: max-content; min-width: 100%; padding-right: 12px; } .frame i { font-style: normal; color: var(--soft); flex: none; width: 5.4em; text-align: right; padding-right: 1.2em; user-select: none; }
.frame span { white-space: pre; } .frame .plus { background: var(--plus); } .frame .minus { background: var(--minus); } .frame .hit { background: var(--warning-bg); }
.frame em { font-style: normal; border-bottom: 2px solid var(--error); }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 14px; margin: 10px 0 0; } dl.facts dt { color: var(--soft); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
form.filters { position: sticky; top: 0; z-index: 1; background: var(--bg); display: flex; flex-wrap: wrap; gap: 8px; padding: 10px 0; align-items: center; border-bottom: 1px solid var(--line); }
form.filters label { font-size: 0.86rem; color: var(--soft); display: inline-flex; gap: 5px; align-items: center; }
form.filters input[type="search"], form.filters select, form.filters button { font: inherit; font-size: 0.9rem; color: var(--ink); background: var(--card); border: 1px solid var(--line); border-radius: 7px; padding: 5px 8px; max-width: 190px; }
form.filters input[type="search"] { flex: 1 1 140px; min-width: 120px; max-width: none; }
.count { font-size: 0.86rem; color: var(--soft); margin: 8px 0; }
ul.plain { list-style: none; padding: 0; margin: 8px 0; } ul.plain > li { padding: 4px 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
ol.trace { margin: 6px 0; padding-left: 1.4em; }
.problems { border-left: 3px solid var(--warning); padding-left: 12px; }
footer { max-width: 1080px; margin: 40px auto 0; padding: 14px 20px 40px; color: var(--soft); font-size: 0.86rem; border-top: 1px solid var(--line); }
[hidden] { display: none !important; }
@media (max-width: 560px) { main, header.top { padding-left: 12px; padding-right: 12px; } form.filters { position: static; } .say { flex-basis: 100%; order: 3; } .picture { padding: 6px; } h1 { font-size: 1.35rem; } }
@media print {
  :root { --bg: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --code: #fff; --error: #8c1d18; --warning: #6b4300; --note: #1f4788; --plus: #fff; --minus: #fff; --cell: #eee; --error-bg: #fff; --warning-bg: #fff; --note-bg: #fff; }
  body { font-size: 10.5pt; } form.filters, summary::after { display: none !important; } .item, ol.reading > li { break-inside: avoid; } .frame span { white-space: pre-wrap; overflow-wrap: anywhere; } .frame div { width: auto; } h2 { break-after: avoid; }
}
` as Markup;
