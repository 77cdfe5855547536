/** Hashed into the page's content security policy; nothing in the markup carries a style of its own. */
export const STYLE = `
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2433; --soft: #5b6577; --line: #d9dee8; --panel: #f5f7fa; --link: #0b57c2;
  --error: #b3261e; --warning: #8a5300; --note: #1f5fae; --good: #1e6b3a; }
@media (prefers-color-scheme: dark) { :root { --paper: #12161d; --ink: #e5e9f0; --soft: #9aa5b8; --line: #2c3442; --panel: #1a202a; --link: #8ab4ff;
  --error: #ff8a80; --warning: #ffb95c; --note: #8ab4ff; --good: #7fd49a; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 72rem; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
p { margin: .4rem 0; } a { color: var(--link); } code, pre { font: 13px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.meta, .rule, .soft { color: var(--soft); } .meta { margin: 0 0 1rem; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; }
.numbers { display: flex; flex-wrap: wrap; gap: .75rem; padding: 0; margin: 1rem 0; list-style: none; }
.numbers li { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .5rem .9rem; min-width: 7rem; }
.numbers strong { display: block; font-size: 1.4rem; line-height: 1.2; }
.error strong, .mark-error { color: var(--error); } .warning strong, .mark-warning { color: var(--warning); } .note strong, .mark-note { color: var(--note); }
.incomplete { border-left: .3rem solid var(--warning); background: var(--panel); padding: .6rem .9rem; margin: 1rem 0; }
.fine { color: var(--good); font-weight: 600; }
form { display: flex; flex-wrap: wrap; gap: .75rem; align-items: end; background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem; margin: 1rem 0; }
form label { display: grid; gap: .2rem; font-size: .85rem; color: var(--soft); } form .wide { flex: 1 1 16rem; }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: .35rem; padding: .35rem .5rem; max-width: 18rem; }
.wide input { max-width: none; width: 100%; } button { cursor: pointer; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
details { border: 1px solid var(--line); border-radius: .5rem; margin: .5rem 0; content-visibility: auto; contain-intrinsic-size: auto 3.2rem; }
summary { cursor: pointer; padding: .6rem .9rem; } details[open] > summary { border-bottom: 1px solid var(--line); }
.mark { font-weight: 700; display: inline-block; min-width: 5.6rem; } .title { font-weight: 600; }
.tag { display: inline-block; border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .8rem; color: var(--soft); }
.body { padding: .25rem .9rem .75rem; } dl { display: grid; grid-template-columns: 6.5rem 1fr; gap: .25rem .75rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; } dd ul, dd ol { margin: 0; padding-left: 1.2rem; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .35rem; padding: .5rem .7rem; margin: .3rem 0; overflow-x: auto; white-space: pre-wrap; }
.copy { font-size: .8rem; padding: .1rem .5rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .9rem; } caption { text-align: left; color: var(--soft); padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .35rem .6rem; border-bottom: 1px solid var(--line); } th { color: var(--soft); font-weight: 600; }
.yes { color: var(--good); } .no { color: var(--error); }
[hidden] { display: none !important; }
@media (max-width: 40rem) { body { padding: 1rem; } dl { grid-template-columns: 1fr; gap: 0; } dt { margin-top: .4rem; } }
@media print { form, .copy, .skip { display: none; } body { max-width: none; padding: 0; font-size: 11pt; } details { break-inside: avoid; content-visibility: visible; } a { color: inherit; } }
`;
