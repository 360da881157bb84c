import { describe, expect, it } from 'vitest';
import { shared, spaced } from './differences';

describe('differences', () => {
  it('are joined where they are of one kind, and trimmed', () => {
    expect(
      spaced([
        { kind: 'same', text: 'قال ' },
        { kind: 'same', text: 'إن' },
        { kind: 'removed', text: '' },
        { kind: 'added', text: ' الوفد' },
      ]),
    ).toEqual([
      { kind: 'same', text: 'قال إن' },
      { kind: 'added', text: 'الوفد' },
    ]);
    expect(spaced([])).toEqual([]);
  });
  it('do not change what they are made of', () => {
    const pieces = [{ kind: 'same', text: 'أ' } as const, { kind: 'same', text: 'ب' } as const];
    spaced(pieces);
    expect(pieces[0]).toEqual({ kind: 'same', text: 'أ' });
  });
  it('say how much is shared', () => {
    expect(shared([{ kind: 'same', text: 'أ ب ج' }, { kind: 'added', text: 'د' }])).toBe(0.75);
    expect(shared([])).toBe(1);
  });
});
