import { describe, expect, test } from 'vitest';
import { treeOf } from '../../../web/admin/areas/branches.ts';
import { changesBetween, cleaned } from '../../../web/admin/records/changes.ts';

describe('what a form sends', () => {
  test('what was left empty is not sent, lists keep their places, no and zero are said', () => {
    const written = {
      name: '王秀英',
      notes: ' ',
      livesAlone: false,
      order: 0,
      vitals: { limits: { spo2Pct: {} } },
      contacts: [{ phone: '' }, {}],
    };
    expect(cleaned(written)).toEqual({ name: '王秀英', livesAlone: false, order: 0, contacts: [{}, {}] });
  });

  test('only what differs is sent, and what is gone is taken away', () => {
    const before = { name: '王秀英', notes: 'deaf', contacts: [{ id: 'c' }] };
    expect(changesBetween(before, { ...before })).toBeUndefined();
    expect(changesBetween<object>(before, { contacts: [{ id: 'c' }], name: '王秀' })).toEqual({
      name: '王秀',
      notes: null,
    });
  });
});

test('numbered areas stand in the order of their numbers, in whatever figures', () => {
  const named = (...names: string[]) => names.map((name) => ({ id: name, name, kind: 'grid' as const }));
  const inOrder = (...names: string[]) => treeOf(named(...names)).map(({ area }) => area.name);
  expect(inOrder('第十二网格', '第三网格', '第二十网格', '第一网格', '第十网格', '第二网格')).toEqual([
    '第一网格',
    '第二网格',
    '第三网格',
    '第十网格',
    '第十二网格',
    '第二十网格',
  ]);
  expect(inOrder('Grid 10', 'Grid 9')).toEqual(['Grid 9', 'Grid 10']);
});

test('areas stand below their parents; whoever’s parent is not to be seen begins a tree', () => {
  const area = (id: string, parentId?: string) => ({
    id,
    name: id,
    kind: 'street' as const,
    ...(parentId && { parentId }),
  });
  const tree = treeOf([area('b', 'a'), area('c', 'b'), area('a'), area('e', 'elsewhere'), area('d', 'a')]);
  expect(tree.map(({ area: { id }, depth }) => `${depth} ${id}`)).toEqual(['0 a', '1 b', '2 c', '1 d', '0 e']);
});
