"""The style sheet of an exported article."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d2025; --soft: #5a6069; --paper: #fdfdfb; --line: #d9dbd6; --link: #0b5a8a; --alert: #8c1d18; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e4df; --soft: #a3a7ad; --paper: #17191c; --line: #34383d; --link: #8ac4ea; --alert: #ffb4ab; }
}
html { background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Charter, "Bitstream Charter", Cambria, Georgia, serif; }
body { margin: 0; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; hyphens: auto; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .75rem; text-wrap: balance; }
h2 { font-size: 1.2rem; line-height: 1.3; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; }
p { margin: .6rem 0; }
ul, ol { padding-left: 1.4rem; }
li { margin: .35rem 0; }
a { color: var(--link); text-underline-offset: .15em; }
sup { line-height: 0; font-size: .75em; }
sup a { text-decoration: none; padding: 0 .05em; }
.status { list-style: none; padding: 0 0 .75rem; border-bottom: 1px solid var(--line); }
.status, .context, blockquote footer, footer { color: var(--soft); font-size: .88rem; }
.lead { font-size: 1.13rem; }
.notice { border: 2px solid var(--alert); color: var(--alert); padding: .6rem .9rem; border-radius: .3rem; }
.abstention { border-left: 4px solid var(--line); padding-left: 1rem; }
blockquote { margin: .5rem 0; padding-left: .9rem; border-left: 3px solid var(--line); }
summary { cursor: pointer; color: var(--link); font-size: .88rem; }
:target { background: color-mix(in srgb, var(--link) 12%, transparent); }
main > footer { margin-top: 2.5rem; border-top: 1px solid var(--line); }
@media print {
  :root { --ink: #000; --soft: #333; --paper: #fff; --line: #999; --link: #000; --alert: #000; }
  html { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  h2, h3 { break-after: avoid; }
  li, blockquote { break-inside: avoid; }
}
"""
