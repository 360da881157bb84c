// Until the server's OpenAPI document is there: written after its structs.
export interface Count { value: string; count: number }
export interface Span { start: number; end: number }
export interface EntityRef { entity: number | null; name: string; name_en: string | null; type: string; country: string | null }
export interface PlaceRef { entity: number | null; name: string; name_en: string | null; country: string | null; lat: number | null; lon: number | null }
export interface ReportRef { report: number; version: number; published: string | null; outlet: string | null; title: string | null; address: string | null }
export interface About {
  format: number; readers: Count[];
  counts: { reports: number; versions: number; words: number; statements: number; events: number; entities: number; copies: number; utterances: number; happenings: number };
  first_day: string | null; last_day: string | null; outlets: Count[]; months: Count[];
  vocabulary: { acts: Count[]; kinds: Count[]; mediums: Count[]; event_types: Count[]; modes: Count[]; statuses: Count[]; entity_types: Count[] };
  waiting: number; not_searchable: number;
}
export type SearchIn = 'statements' | 'reports' | 'entities' | 'happenings' | 'utterances';
export interface Marked { text: string; marks: Span[] }
export interface FacetValue { value: string; count: number; query: string | null }
export interface Facet { facet: string; values: FacetValue[] }
export type FoundStatement = { found: 'statement'; statement: Statement; excerpt: Marked };
export type FoundReport = { found: 'report'; report: ReportRef; title: Marked | null; excerpt: Marked; statements: number; events: number; copies: number };
export type FoundEntity = { found: 'entity'; who: EntityRef; name: Marked; office: string | null; reports: number; last_seen: string | null };
export type FoundUtterance = { found: 'utterance'; utterance: number; reports: number; origins: number; statement: Statement; excerpt: Marked };
export type FoundHappening = {
  found: 'happening'; happening: number; type: string; day: string | null; place: PlaceRef | null; reports: number; origins: number; contradiction: string | null;
  account: Event; excerpt: Marked;
};
export type Found = FoundStatement | FoundReport | FoundEntity | FoundUtterance | FoundHappening;
export interface SearchPage { in: SearchIn; total: number; at_least: boolean; items: Found[]; next: string | null; facets: Facet[] }
export interface Report extends ReportRef {
  given_id: string | null; published_from: string; language: string; words: number; reader: string; added: string; current: boolean;
  record: import('./record').ReportRecord;
  entities: Record<string, { entity: number | null; name: string; name_en: string | null; reports: number }>;
  statements: Record<string, { statement: number; utterance: number | null; reports: number; origins: number }>;
  events: Record<string, { event: number; happening: number | null; reports: number; contradicted: boolean }>;
  versions: { version: number; current: boolean; published: string | null; added: string; title: string | null; words: number }[];
  copies: CopyGroup | null; previous: ReportRef | null; next: ReportRef | null;
}
export interface CopyGroup { copy: number; source: ReportRef; members: { report: ReportRef; similarity: number; why: string }[]; total: number }
export interface Citation { report: ReportRef; at: Span; text: string; hash: string; citation: string }
export interface Statement {
  statement: number; record_id: string; report: ReportRef; utterance: number | null; reports: number; origins: number; speaker: EntityRef | null;
  office: string | null; act: string; kind: string; medium: string | null; via: EntityRef[]; cue: Span; cue_text: string; content: Span[]; text: string;
  confidence: number; because: string;
}
export interface StatementPage { total: number; items: Statement[]; next: string | null }
export interface Figure { number: number; bound: string }
export interface Event {
  event: number; record_id: string; report: ReportRef; happening: number | null; reports: number; type: string; mode: string | null; status: string;
  day: string | null; dated: boolean; time: string | null; place: PlaceRef | null; actors: EntityRef[]; recipients: EntityRef[];
  tolls: { dead: Figure | null; injured: Figure | null; arrested: Figure | null };
  told_by: { statement: number; record_id: string; act: string; speaker: EntityRef | null } | null;
  sentence: { at: Span; text: string; trigger: Span; trigger_at: Span }; confidence: number; because: string;
}
export interface EventPage { total: number; items: Event[]; next: string | null }
export interface Wording extends Statement { origin: number; similarity: number; why: string; copy: number | null; differences: { kind: 'same' | 'added' | 'removed'; text: string }[] }
export interface Utterance {
  utterance: number; speaker: EntityRef | null; reports: number; origins: number; first_day: string | null; last_day: string | null; earliest: number;
  wordings: Wording[]; total: number; copies: CopyGroup[];
}
export interface HappeningVersion extends Event { why: string; copy: number | null }
export interface Happening {
  happening: number; type: string; day: string | null; place: PlaceRef | null; participants: { who: EntityRef; part: string; versions: number }[];
  reports: number; origins: number; contradiction: string | null; versions: HappeningVersion[]; total: number;
}
export interface Timeline { by: string; total: number; undated: number; types: Count[]; periods: { start: string; end: string; total: number; types: Count[] }[] }
export interface PlacePage { total: number; placed: number; places: number; items: { place: PlaceRef; is_state: boolean; total: number; types: Count[] }[] }
export type Stance = 'meets' | 'supports' | 'asks' | 'accuses' | 'protests' | 'threatens' | 'coerces' | 'fights';
export interface Network {
  total: number; entities: number; nodes: (EntityRef & { count: number })[];
  edges: { source: number; target: number; directed: boolean; stance: Stance; count: number; types: Count[] }[];
}
export interface Entity {
  entity: number; key: string; name: string; name_en: string | null; type: string; country: string | null; sector: string | null;
  link: { source: string; id: string } | null; lat: number | null; lon: number | null;
  names: { name: string; name_en: string | null; named: boolean; reports: number }[];
  offices: { title: string; of: EntityRef | null; reports: number; first: string | null; last: string | null }[];
  first_seen: string | null; last_seen: string | null;
  counts: { reports: number; mentions: number; statements: number; events: number; events_there: number };
  reasons: { why: string; reports: number }[];
}
export interface Profile {
  entity: number; acts: Count[]; words: { word: string; statements: number; score: number }[]; event_types: Count[];
  months: { month: string; statements: number; events: number }[];
  counterparts: { who: EntityRef; events: number; by: { type: string; direction: string; count: number }[] }[];
  places: { place: PlaceRef; events: number }[];
}
