/** XML: elements whose names keep their case, attributes in any order, content, and text that is no XML. */
import { expect, test } from 'vitest';
import { linesFound } from '../support.js';

const CODE = `<?xml version="1.0"?>
<!DOCTYPE note [ <!ENTITY who "x"> <!-- remark ' --> ]>
<!-- kept apart -->
<config>
  <link href="a">one</link>
  <Link rel='b' href="c"/>
  <limit unit="s">30</limit>
  <script><![CDATA[ a < b ]]></script>
  <item><key>k</key><value>v</value></item>
</config>
`;

test('elements and attributes', async () => {
  expect(await linesFound('xml', '<link href="$H">...</link>', CODE)).toEqual([5]);
  expect(await linesFound('xml', '<Link href="c" rel="b"/>', CODE)).toEqual([6]);
  expect(await linesFound('xml', '<$T ... href=$H ...>...</$T>', CODE)).toEqual([5, 6]);
  expect(await linesFound('xml', 'unit="s"', CODE)).toEqual([7]);
  expect(await linesFound('xml', '<limit unit=...>$N</limit>', CODE)).toEqual([7]);
});

test('children', async () => {
  expect(await linesFound('xml', '<item><key>k</key>...</item>', CODE)).toEqual([9]);
  expect(await linesFound('xml', '<item>...<value>$V</value></item>', CODE)).toEqual([9]);
  expect(await linesFound('xml', '<item><value>v</value><key>k</key></item>', CODE)).toEqual([]);
  expect(await linesFound('xml', '<item><value>v</value><key>k</key></item>', CODE, 'options: { xml_children_ordered: false }')).toEqual([
    9,
  ]);
});

test('what is no XML costs only itself', async () => {
  const broken = '<a>\n<b x=1>\n<c y="2"/>\n</d>\n<e>\n<c y="2"/>\n</a>\n<c y="2"/>\n<!-- never closed';
  expect(await linesFound('xml', '<c y="2"/>', broken)).toEqual([3, 6, 8]);
});
