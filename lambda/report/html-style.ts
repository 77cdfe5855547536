/** Hashed into the page's content security policy; nothing in the markup carries a style of its own. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2433; --soft: #566074; --line: #d5dbe6; --panel: #f4f6fa; --link: #0b57c2;
  --error: #b3261e; --warning: #8a5300; --note: #1f5fae; --good: #1e6b3a; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e5e9f0; --soft: #a3aec0; --line: #323b4b; --panel: #1a202a; --link: #8ab4ff;
  --error: #ff8a80; --warning: #ffb95c; --note: #8ab4ff; --good: #7fd49a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 76rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 1.75rem 0 .5rem; }
p { margin: .4rem 0; } a { color: var(--link); } code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.meta, .rule, .soft { color: var(--soft); } .meta { margin: 0 0 1rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 2; }
main:focus { outline: none; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1rem 0; list-style: none; }
.numbers li { flex: 0 1 auto; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 7rem; }
.numbers strong { display: block; font-size: 1.4rem; line-height: 1.2; }
.error strong, .mark-error { color: var(--error); } .warning strong, .mark-warning { color: var(--warning); } .note strong, .mark-note { color: var(--note); }
.incomplete { border-left: .3rem solid var(--warning); background: var(--panel); padding: .6rem .9rem; margin: 1rem 0; }
.fine { color: var(--good); font-weight: 600; }
nav { margin: 1rem 0 0; } nav a { margin-right: 1rem; }
form { display: grid; grid-template-columns: 3fr 1fr 2fr 2fr; gap: .6rem .75rem; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: 1rem 0; }
form label { display: grid; gap: .2rem; align-content: end; font-size: .85rem; color: var(--soft); min-width: 0; }
form div { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
input, select, button { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--soft); border-radius: .35rem; }
input, select { width: 100%; height: 2.3rem; padding: 0 .5rem; font-size: .95rem; } button { cursor: pointer; padding: .25rem .7rem; font-size: .9rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .4rem 0; content-visibility: auto; contain-intrinsic-size: auto 2.8rem; }
summary { cursor: pointer; display: grid; grid-template-columns: .9rem 6.2rem 1fr; gap: .5rem; padding: .5rem .8rem; list-style: none; }
summary::-webkit-details-marker { display: none; } summary::before { content: "▸" / ""; color: var(--soft); } details[open] > summary::before { content: "▾" / ""; }
details[open] > summary { border-bottom: 1px solid var(--line); }
[data-place] > summary, .plain > summary { grid-template-columns: .9rem 1fr; } summary:focus-visible { outline-offset: -3px; border-radius: .5rem; }
.mark { font-weight: 700; } .title { font-weight: 600; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; color: var(--soft); }
.body { padding: .25rem .9rem .75rem; } dl { display: grid; grid-template-columns: 6.5rem minmax(0, 1fr); gap: .35rem .75rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; } dd ul, dd ol { margin: 0; padding-left: 1.2rem; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .35rem; padding: .5rem .7rem; margin: .3rem 0; white-space: pre-wrap; }
.copy { display: none; font-size: .8rem; padding: .1rem .6rem; margin-bottom: .4rem; } .copies .copy { display: inline-block; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; min-width: 44rem; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); } thead th { color: var(--soft); } th { font-weight: 600; }
.matrix { table-layout: fixed; } .matrix thead th:nth-child(1) { width: 24%; } .matrix thead th:nth-child(2) { width: 19%; } .matrix thead th:nth-child(3) { width: 7rem; }
.yes { color: var(--good); } .no { color: var(--error); }
[hidden] { display: none !important; }
@media (max-width: 48rem) { body { padding: 1rem; } form { grid-template-columns: 1fr 1fr; } form .wide { grid-column: 1 / -1; }
  dl { grid-template-columns: 1fr; gap: 0; } dt { margin-top: .4rem; } .numbers { gap: .5rem; } .numbers li { min-width: 0; padding: .4rem .7rem; }
  summary { grid-template-columns: .9rem 1fr; } summary .mark, summary .what { grid-column: 2; } }
@media print { :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --panel: #f4f4f4; --error: #b3261e; --warning: #8a5300; --note: #1f5fae; --good: #1e6b3a; }
  form, nav, .copies .copy, .skip { display: none; } body { max-width: none; padding: 0; font-size: 10pt; } pre, code { font-size: 8.5pt; }
  details { content-visibility: visible; } summary, h2 { break-after: avoid; } table { min-width: 0; } a { color: inherit; } }
`;
