"""How the report's page looks: light and dark after the system, and always light on paper."""

_LIGHT = (
    "--ice:#F6F9FC;--surface:#FFF;--line:#DCE4EC;--ink:#14202B;--ink2:#566573;--accent:#0B63CE;"
    "--good:#1E8E5A;--warn:#B36B00"
)
_DARK = (
    "--ice:#0E141A;--surface:#161E26;--line:#26323D;--ink:#E8EEF4;--ink2:#93A4B3;--accent:#5AA2FF;"
    "--good:#4CC38A;--warn:#F2B356"
)

STYLE = f"""
:root{{{_LIGHT};color-scheme:light dark}}
@media screen and (prefers-color-scheme:dark){{:root{{{_DARK}}}}}
*{{box-sizing:border-box}}
body{{margin:0;background:var(--ice);color:var(--ink);font:15px/1.45 system-ui,sans-serif;
-webkit-print-color-adjust:exact;print-color-adjust:exact}}
main{{max-width:1040px;margin:0 auto;padding:24px}}
h1{{margin:0;font-size:26px;overflow-wrap:anywhere}}
h2{{font-size:20px;margin:0 0 12px;overflow-wrap:anywhere}}
h3{{font-size:16px;margin:20px 0 4px}}
header p{{margin:4px 0 0}}.quiet{{color:var(--ink2)}}p.quiet{{font-size:13px;margin:8px 0}}
section{{background:var(--surface);border:1px solid var(--line);border-radius:8px;padding:20px;margin:20px 0}}
dl{{display:flex;flex-wrap:wrap;gap:12px 32px;margin:0 0 16px}}
dt{{color:var(--ink2);font-size:12px}}dd{{margin:0;font-size:22px;font-variant-numeric:tabular-nums}}
.wide{{overflow-x:auto}}
svg{{display:block;width:100%;min-width:640px;height:auto;margin:4px 0 12px;font:11px system-ui,sans-serif}}
svg text{{fill:var(--ink2);font-variant-numeric:tabular-nums}}svg text.name{{fill:var(--ink);font-size:13px}}
line.axis{{stroke:var(--ink2);stroke-width:1}}line.grid{{stroke:var(--line);stroke-width:1}}
line.mean{{stroke:var(--ink);stroke-width:1;stroke-dasharray:4 4}}
svg text.mean{{fill:var(--ink);paint-order:stroke;stroke:var(--surface);stroke-width:3px}}
rect.period{{fill:var(--ice)}}
rect.sure{{fill:var(--good)}}
rect.probable{{fill:var(--accent);fill-opacity:.45;stroke:var(--accent);stroke-width:1}}
rect.please{{fill:none;stroke:var(--warn);stroke-width:1.5;stroke-dasharray:3 2}}
table{{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}}
th,td{{text-align:left;padding:6px 8px;border-top:1px solid var(--line);white-space:nowrap}}
thead th{{font-size:12px;color:var(--ink2);font-weight:600;border-top:0}}
tbody th{{font-weight:600;white-space:normal;overflow-wrap:break-word;min-width:150px;max-width:260px}}
td span.quiet{{font-size:13px;white-space:normal}}
tr{{break-inside:avoid}}thead{{display:table-header-group}}
.matrix{{width:auto}}.matrix td,.matrix th{{text-align:center;padding:5px 9px}}
.matrix tbody th{{text-align:left}}
.matrix td{{background:color-mix(in srgb,var(--accent) calc(var(--share,0%)*.6),transparent)}}
.matrix td.own{{color:var(--ink2);background:var(--ice)}}
a{{color:var(--accent)}}.reel{{font-size:17px}}
.picture{{display:block;width:112px;height:63px}}img{{display:block;border-radius:4px;background:var(--ice)}}
.swatch{{display:inline-block;width:14px;height:14px;border-radius:3px;border:1px solid var(--line);
margin-right:8px;vertical-align:-1px}}
.dot{{display:inline-block;width:10px;height:10px;border-radius:50%;border:1.5px solid currentColor;
margin-right:6px}}
.dot.sure{{background:currentColor;color:var(--good)}}
.dot.probable{{color:var(--accent);background:linear-gradient(90deg,currentColor 50%,transparent 50%)}}
.dot.please{{color:var(--warn)}}
.legend{{font-size:13px;margin:0 0 12px}}.legend span{{margin-right:16px}}
footer{{font-size:13px}}
@page{{margin:14mm}}
@media print{{body{{background:#fff;font-size:12px}}main{{max-width:none;padding:0}}
section{{border:0;padding:0;margin:14px 0 0}}section+section{{break-before:page}}
.wide{{overflow:visible}}svg{{min-width:0;break-inside:avoid}}dd{{font-size:18px}}
h2,h3,dl{{break-after:avoid}}.together{{break-inside:avoid}}th,td{{padding:4px 6px}}}}
"""
