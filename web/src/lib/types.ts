import type { components } from './api-types';

/** Short names for what the API answers, as `openapi.json` tells it. `npm run types` makes `api-types.ts` from that document. */
type Schemas = components['schemas'];

export type Citation = Schemas['Citation'];
export type CopyGroup = Schemas['CopyGroup'];
export type Count = Schemas['Count'];
export type Entity = Schemas['Entity'];
export type EntityRef = Schemas['EntityRef'];
export type Event = Schemas['Event'];
export type EventPage = Schemas['EventPage'];
export type Facet = Schemas['Facet'];
export type FacetValue = Schemas['FacetValue'];
export type Found = Schemas['Found'];
export type Happening = Schemas['Happening'];
export type HappeningVersion = Schemas['HappeningVersion'];
export type Network = Schemas['Network'];
export type PlacePage = Schemas['PlacePage'];
export type PlaceRef = Schemas['PlaceRef'];
export type Profile = Schemas['Profile'];
export type Report = Schemas['Report'];
export type ReportRef = Schemas['ReportRef'];
export type SearchIn = Schemas['Within'];
export type SearchPage = Schemas['FoundPage'];
export type Server = Schemas['Server'];
export type Stance = Schemas['Stance'];
export type Statement = Schemas['Statement'];
export type StatementPage = Schemas['StatementPage'];
export type Timeline = Schemas['Timeline'];
export type Utterance = Schemas['Utterance'];
export type Wording = Schemas['Wording'];

/** The record of a text; positions are code points. */
export type ReportRecord = Schemas['Record'];
export type RecordEntity = Schemas['RecordEntity'];
export type RecordEvent = Schemas['RecordEvent'];
export type RecordNote = Schemas['RecordNote'];
export type RecordStatement = Schemas['RecordStatement'];
export type RecordTime = Schemas['RecordTime'];
export type Span = Schemas['Span'];
