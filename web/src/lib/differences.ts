/** Words of one of two wordings that are laid side by side, or of both. */
export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

/** The pieces as they are shown: empty ones left out, neighbours of a kind joined, a space between words of different pieces. */
export function spaced(pieces: readonly Piece[]): Piece[] {
  const out: Piece[] = [];
  for (const piece of pieces) {
    const text = piece.text.trim();
    if (!text) continue;
    const last = out.at(-1);
    if (last?.kind === piece.kind) last.text += ` ${text}`;
    else out.push({ kind: piece.kind, text });
  }
  return out;
}

/** How much of a wording stands in the other as well, 0 to 1, by words. */
export function shared(pieces: readonly Piece[]): number {
  const words = (kind: Piece['kind']): number =>
    pieces.filter((piece) => piece.kind === kind).reduce((sum, piece) => sum + piece.text.split(/\s+/).filter(Boolean).length, 0);
  const same = words('same');
  const all = same + words('added') + words('removed');
  return all ? same / all : 1;
}
