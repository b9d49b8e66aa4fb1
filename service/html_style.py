"""The style sheet of an exported article: the look of the pages, with the fonts that the reader's computer has."""

STYLE = """
:root { color-scheme: light dark; --ink: #1c1e22; --soft: #565c65; --paper: #fbfaf7; --raised: #fff; --line: #e2dfd7; --link: #0f5468; --tint: #e5eff1; --quote: #b9cdd2; --alert: #98191b; --alert-tint: #fbebe9; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e9e6e0; --soft: #a8aeb6; --paper: #14171a; --raised: #1b2024; --line: #2e353b; --link: #8ac8d8; --tint: #1a2e35; --quote: #3a5a64; --alert: #ffb3aa; --alert-tint: #3a1d1b; }
}
html { background: var(--paper); color: var(--ink); font: 400 1.1rem/1.62 "Source Serif 4", Charter, "Bitstream Charter", Cambria, Georgia, serif; }
body { margin: 0; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: anywhere; hyphens: auto; }
h1 { font-size: clamp(1.75rem, 1.3rem + 1.9vw, 2.4rem); font-weight: 600; line-height: 1.16; letter-spacing: -.012em; margin: 0 0 1rem; text-wrap: balance; }
h2 { font-size: 1.35rem; font-weight: 600; line-height: 1.25; margin: 2.4rem 0 .6rem; }
h3 { font-size: 1.08rem; font-weight: 600; margin: 1.5rem 0 .25rem; }
p { margin: .6rem 0; text-wrap: pretty; }
ul, ol { padding-left: 1.3rem; }
li { margin: .45rem 0; }
li::marker { color: var(--soft); }
a { color: var(--link); text-underline-offset: .18em; text-decoration-thickness: .06em; }
sup { line-height: 0; font-size: .7em; }
sup a { text-decoration: none; font: 600 1em/1 "Source Sans 3", system-ui, sans-serif; padding: .1em .3em; border-radius: .28rem; background: var(--tint); }
.status, .context, .notice, blockquote footer, footer, summary { font-family: "Source Sans 3", system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.status { list-style: none; padding: .8rem 0; border-block: 1px solid var(--line); }
.status li { margin: .15rem 0; }
.status, .context, blockquote footer, footer { color: var(--soft); font-size: .88rem; line-height: 1.45; }
.lead { font-size: 1.28rem; line-height: 1.52; }
.notice { font-size: 1rem; line-height: 1.5; border-left: 4px solid var(--alert); background: var(--alert-tint); padding: .85rem 1.05rem; border-radius: .5rem; }
.notice strong { color: var(--alert); }
.abstention { border-left: 3px solid var(--line); padding-left: 1rem; }
blockquote { margin: .5rem 0; padding-left: .95rem; border-left: 3px solid var(--quote); font-style: italic; }
blockquote footer { font-style: normal; }
summary { cursor: pointer; color: var(--link); font-size: .92rem; }
:target { background: var(--tint); }
main > footer { margin-top: 2.75rem; padding-top: .6rem; border-top: 1px solid var(--line); }
@media print {
  @page { margin: 18mm 20mm; }
  :root { --ink: #000; --soft: #333; --paper: #fff; --raised: #fff; --line: #bbb; --link: #000; --tint: #fff; --alert: #000; --alert-tint: #fff; }
  html { font-size: 10pt; }
  main { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; block-size: auto; }
  h2, h3 { break-after: avoid; }
  li, blockquote { break-inside: avoid; }
}
"""
