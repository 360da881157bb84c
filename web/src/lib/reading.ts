import type { Mark } from './segments';
import { CodePoints } from './text';
import type { RecordEntity, RecordEvent, RecordNote, RecordStatement, RecordTime, ReportRecord, Span } from './types';

/** What can be shown and hidden in a text. */
export const LAYERS = ['statement', 'event', 'entity', 'time', 'note'] as const;
export type ShownLayer = (typeof LAYERS)[number];

/** One line of a record, with the characters it rests on. */
export type Annotation =
  | { layer: 'statement'; id: string; spans: Span[]; of: RecordStatement }
  | { layer: 'event'; id: string; spans: Span[]; of: RecordEvent }
  | { layer: 'entity'; id: string; spans: Span[]; of: RecordEntity }
  | { layer: 'time'; id: string; spans: Span[]; of: RecordTime }
  | { layer: 'note'; id: string; spans: Span[]; of: RecordNote };

/** A record, as a page shows it: its text in code points, its lines by id and by layer, and the marks that they make in the text. */
export class Reading {
  readonly text: CodePoints;
  readonly title: Span | null;
  readonly marks: Mark[] = [];
  readonly byId = new Map<string, Annotation>();
  readonly byLayer: Record<ShownLayer, Annotation[]> = { statement: [], event: [], entity: [], time: [], note: [] };

  constructor(readonly record: ReportRecord) {
    this.text = new CodePoints(record.report.text);
    this.title = record.report.title;
    for (const span of record.report.debris) this.marks.push({ id: 'debris', layer: 'debris', ...only(span) });
    for (const of of record.statements) {
      this.add({ layer: 'statement', id: of.id, spans: of.content, of });
      this.marks.push({ id: of.id, layer: 'cue', ...only(of.cue) });
    }
    for (const of of record.events) {
      this.add({ layer: 'event', id: of.id, spans: [of.trigger, ...of.mentions], of });
      for (const figure of of.casualties ?? []) this.marks.push({ id: of.id, layer: 'figure', ...only(figure) });
    }
    for (const of of record.entities) this.add({ layer: 'entity', id: of.id, spans: of.mentions, of });
    for (const of of record.times) this.add({ layer: 'time', id: of.id, spans: [of], of });
    for (const [i, of] of record.notes.entries()) this.add({ layer: 'note', id: `n${i + 1}`, spans: of.spans, of });
    for (const list of Object.values(this.byLayer)) list.sort((a, b) => begin(a) - begin(b));
  }

  private add(annotation: Annotation): void {
    this.byId.set(annotation.id, annotation);
    this.byLayer[annotation.layer].push(annotation);
    for (const span of annotation.spans) this.marks.push({ id: annotation.id, layer: annotation.layer, ...only(span) });
  }

  entity(id: string | null | undefined): RecordEntity | null {
    const found = id ? this.byId.get(id) : undefined;
    return found?.layer === 'entity' ? found.of : null;
  }
  statement(id: string | null | undefined): RecordStatement | null {
    const found = id ? this.byId.get(id) : undefined;
    return found?.layer === 'statement' ? found.of : null;
  }
  time(id: string | null | undefined): RecordTime | null {
    const found = id ? this.byId.get(id) : undefined;
    return found?.layer === 'time' ? found.of : null;
  }

  /** The characters of a part of the text; of several parts, with a sign where they are interrupted. */
  words(spans: Span | readonly Span[], most = 400): string {
    const list = Array.isArray(spans) ? (spans as readonly Span[]) : [spans as Span];
    const text = list
      .slice(0, 20)
      .map((span) => this.text.slice(span.start, Math.min(span.end, span.start + most)))
      .join(' … ');
    return list.some((span) => span.end - span.start > most) ? `${text} …` : text;
  }

  /** From the first character of an annotation to its last: what is cited. */
  extent(annotation: Annotation): Span {
    if (annotation.layer !== 'statement') return annotation.spans[0] ?? { start: 0, end: 0 };
    return {
      start: Math.min(...annotation.spans.map((span) => span.start)),
      end: Math.max(...annotation.spans.map((span) => span.end)),
    };
  }
}

const only = ({ start, end }: Span): Span => ({ start, end });
const begin = (annotation: Annotation): number => annotation.spans[0]?.start ?? 0;
