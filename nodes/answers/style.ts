import { createHash } from 'node:crypto';

/** How the page looks: for a thumb first, and as light or dark as the phone is set. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --text: #1b1f24; --soft: #5b6470; --line: #c9ced6; --main: #1757c2; --on-main: #fff; --focus: #0b3d91; }
@media (prefers-color-scheme: dark) { :root { --page: #111418; --card: #1b2027; --text: #f0f3f6; --soft: #a7b0bb; --line: #49525e; --main: #8ab4ff; --on-main: #0b1526; --focus: #c6dbff; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--text); font: 1.0625rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere; }
main { width: 100%; max-width: 28rem; padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3; }
p { margin: 0 0 1rem; white-space: pre-line; }
p.note { color: var(--soft); }
main > :last-child { margin-bottom: 0; }
form { display: grid; gap: 0.75rem; }
label { color: var(--soft); font-size: 0.9375rem; }
textarea { display: block; width: 100%; margin-top: 0.25rem; padding: 0.75rem; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--page); color: var(--text); font: inherit; resize: vertical; }
button { width: 100%; min-height: 3.5rem; padding: 0.75rem 1rem; border: 1px solid var(--main); border-radius: 0.75rem; background: var(--main); color: var(--on-main); font: inherit; font-weight: 600; cursor: pointer; }
button.second { background: transparent; border-color: var(--line); color: var(--text); }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
`;

/** Nothing but this style, no script, no address but our own, in no frame. */
export const STYLE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; form-action 'self'; base-uri 'none'`;
