/** One style sheet, inside each page: the explorer has no other asset. */

const LIGHT = `--bg:#f0f1f5;--card:#fff;--text:#0b0c0e;--hint:#6d7380;--line:#e3e5ea;--accent:#0069c0;--good:#15803d;--good-bg:#e0f4e6;
--bad:#b3261e;--bad-bg:#fde8e8;--wait:#7a4a00;--wait-bg:#fff4dc;color-scheme:light`;
const DARK = `--bg:#0f1115;--card:#1b1e25;--text:#f4f5f7;--hint:#9aa1ae;--line:#2a2e37;--accent:#5fb0ff;--good:#4ade80;--good-bg:#12301d;
--bad:#ff8f87;--bad-bg:#3a1a1a;--wait:#ffd58a;--wait-bg:#33270f;color-scheme:dark`;

export const STYLE = `
:root{${LIGHT}}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
*{box-sizing:border-box;margin:0;padding:0}
body{background:var(--bg);color:var(--text);font:400 15px/20px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;-webkit-font-smoothing:antialiased}
main{max-width:720px;margin:0 auto;padding:0 16px 32px}
a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
nav{display:flex;align-items:baseline;gap:12px;padding:16px 0 12px;flex-wrap:wrap}
nav a.home{font-size:20px;line-height:24px;font-weight:700;color:var(--text)}
nav span,.hint,.foot{color:var(--hint);font-size:13px;line-height:16px}
form{display:flex;gap:8px;margin-bottom:20px}
input{flex:1;min-width:0;min-height:44px;border:1px solid var(--line);border-radius:12px;padding:0 14px;font:inherit;background:var(--card);color:var(--text)}
button{min-height:44px;border:0;border-radius:12px;padding:0 16px;font:inherit;font-weight:600;background:var(--accent);color:var(--bg);cursor:pointer}
h1{font-size:20px;line-height:24px;margin-bottom:4px;overflow-wrap:anywhere}
h2{font-size:13px;line-height:16px;font-weight:500;color:var(--hint);margin:24px 16px 8px}
.head{margin-bottom:16px}
.big{font-size:28px;line-height:32px;font-weight:700;font-variant-numeric:tabular-nums;margin:8px 0 4px}
.big small{font-size:15px;font-weight:400;color:var(--hint)}
.card{background:var(--card);border-radius:12px;overflow:hidden}
.card+.card{margin-top:8px}
dl>div{display:flex;justify-content:space-between;gap:16px;padding:10px 16px}
dl>div+div,dl+dl{border-top:1px solid var(--line)}
dt{color:var(--hint);flex:none;max-width:45%}
dd{text-align:right;min-width:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
dd.mono{font:400 13px/18px ui-monospace,SFMono-Regular,Menlo,monospace}
.row{display:flex;align-items:center;gap:12px;min-height:56px;padding:10px 16px;color:var(--text)}
.row:hover{text-decoration:none;background:color-mix(in srgb,var(--line) 40%,transparent)}
.row+.row{border-top:1px solid var(--line)}
.row .main{flex:1;min-width:0}
.row strong,.row span.sub{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.row strong{font-weight:500}
.sub{color:var(--hint);font-size:13px;line-height:16px}
.money{font-variant-numeric:tabular-nums;white-space:nowrap;font-weight:500}.money.in{color:var(--good)}
.chips{display:flex;gap:8px;flex-wrap:wrap;margin-top:8px}
.chip{font-size:13px;line-height:16px;padding:4px 10px;border-radius:10px;font-weight:500}
.good{background:var(--good-bg);color:var(--good)}.bad{background:var(--bad-bg);color:var(--bad)}.wait{background:var(--wait-bg);color:var(--wait)}
.dot{width:10px;height:10px;border-radius:50%;flex:none;background:var(--good)}.dot.bad{background:var(--bad)}.dot.wait{background:var(--wait)}
.here{background:color-mix(in srgb,var(--accent) 8%,transparent)}
.story .row{padding-left:calc(16px + var(--depth)*18px)}
.title{padding:12px 16px 2px;font-weight:600}
details summary{cursor:pointer;color:var(--hint);font-size:13px;margin:24px 16px 8px;min-height:24px}
.empty{padding:16px;color:var(--hint)}
.foot{text-align:center;margin-top:32px}
`;
