// Makes the vendored files of internal/web from their npm packages. Run it after a change of versions or of forms.scss:
//
//   cd scripts/assets && npm install && node build.mjs
//
// Writes internal/web/assets/forms.css (components of govuk-frontend, MIT) and internal/web/chart/outlines.json (Natural Earth, public
// domain, by way of world-atlas, ISC).
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import * as sass from 'sass';
import { feature, mesh } from 'topojson-client';

const here = path.dirname(fileURLToPath(import.meta.url));
const web = path.join(here, '../../internal/web');
const version = name => JSON.parse(fs.readFileSync(path.join(here, 'node_modules', name, 'package.json'))).version;

const css = sass.compile(path.join(web, 'assets/forms.scss'), { style: 'compressed', loadPaths: [path.join(here, 'node_modules')], quietDeps: true });
fs.writeFileSync(path.join(web, 'assets/forms.css'), `/* Components of govuk-frontend ${version('govuk-frontend')}, (c) Crown copyright, MIT licence; made by scripts/assets/build.mjs */\n${css.css.replace(/^\uFEFF/, '')}\n`);

// Outlines: coordinates as whole tenths of a degree, simplified, small islands and Antarctica left out.
const atlas = JSON.parse(fs.readFileSync(path.join(here, 'node_modules/world-atlas/countries-50m.json')));
const tolerance = 0.09;
const far = (p, a, b) => {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]], l = dx * dx + dy * dy;
  const t = l ? Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / l)) : 0;
  return Math.hypot(p[0] - a[0] - t * dx, p[1] - a[1] - t * dy);
};
const simplify = line => {
  if (line.length < 3) return line;
  let worst = 0, at = 0;
  for (let i = 1; i < line.length - 1; i++) { const d = far(line[i], line[0], line.at(-1)); if (d > worst) { worst = d; at = i; } }
  return worst <= tolerance ? [line[0], line.at(-1)] : [...simplify(line.slice(0, at + 1)).slice(0, -1), ...simplify(line.slice(at))];
};
const whole = line => simplify(line).map(([x, y]) => [Math.round(x * 10), Math.round(y * 10)]).filter((p, i, all) => !i || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]).flat();
const size = ring => Math.abs(ring.reduce((s, p, i) => { const q = ring[(i + 1) % ring.length]; return s + p[0] * q[1] - q[0] * p[1]; }, 0)) / 2;
const land = feature(JSON.parse(fs.readFileSync(path.join(here, 'node_modules/world-atlas/land-50m.json'))), 'land');
const rings = land.features.flatMap(f => f.geometry.type === 'Polygon' ? f.geometry.coordinates : f.geometry.coordinates.flat())
  .filter(r => size(r) > 0.12 && Math.min(...r.map(p => p[1])) > -60).map(r => { const half = r.length >> 1; return whole([...simplify(r.slice(0, half + 1)), ...simplify(r.slice(half)).slice(1)]); });
const borders = mesh(atlas, atlas.objects.countries, (a, b) => a !== b).coordinates.map(whole).filter(b => b.length >= 4);
fs.writeFileSync(path.join(web, 'chart/outlines.json'), JSON.stringify({ source: `Natural Earth 1:50m (public domain), world-atlas ${version('world-atlas')}`, land: rings, borders }) + '\n');
