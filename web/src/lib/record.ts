/** The record of one report (`musnad.record/1`): what the reader makes, and what a page marks in the text. Positions are code points. */
export interface Span {
  start: number;
  end: number;
}
export interface RecordEntity {
  id: string;
  type: string;
  name: string;
  name_en: string | null;
  country: string | null;
  sector: string | null;
  link: { source: string; id: string; lat?: number | null; lon?: number | null } | null;
  mentions: (Span & { kind: string; because: string })[];
}
export interface RecordStatement {
  id: string;
  kind: string;
  act: string;
  speaker: string | null;
  cue: Span;
  content: Span[];
  medium: string | null;
  via: string[];
  in: string | null;
  confidence: number;
  because: string;
}
export interface RecordFigure extends Span {
  type: 'dead' | 'injured' | 'arrested';
  number: number;
  bound: string;
}
export interface RecordEvent {
  id: string;
  type: string;
  mode: string | null;
  trigger: Span;
  mentions: Span[];
  actors: string[];
  recipients: string[];
  place: string | null;
  time: string | null;
  status: string;
  by: string | null;
  casualties?: RecordFigure[];
  confidence: number;
  because: string;
}
export interface RecordTime extends Span {
  id: string;
  type: string;
  value: string;
  because: string;
}
export interface RecordNote {
  code: string;
  message: string;
  spans: Span[];
}
export interface RecordRole {
  person: string;
  title: Span;
  of: string | null;
  because: string;
}
export interface ReportRecord {
  schema: string;
  reader: string;
  report: {
    id: string | null;
    uri: string | null;
    outlet: string | null;
    published: string | null;
    published_from: string;
    language: string;
    title: Span | null;
    text: string;
    debris: Span[];
  };
  entities: RecordEntity[];
  roles: RecordRole[];
  times: RecordTime[];
  statements: RecordStatement[];
  events: RecordEvent[];
  notes: RecordNote[];
}
