import { api, get, Problem } from './api';
import { t } from './i18n.svelte';
import { toasts } from './toast.svelte';
import type { Citation, Span } from './types';

/** Copies a part of a report as a citation: outlet, date, address and the exact characters, as the server puts them together. */
export async function cite(report: number | string, version: number, span: Span): Promise<void> {
  try {
    const answer = await get<Citation>(api.citation(report, { start: span.start, end: span.end, version }));
    // What has no address of its own is found again on this page.
    await copy(answer.report.address ? answer.citation : `${answer.citation}, ${location.origin}/reports/${report}`);
  } catch (error) {
    toasts.say(error instanceof Problem && error.status === 0 ? t('state.offline') : String(error));
  }
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.say(t('cite.done'));
  } catch {
    // Without a secure context, or where it is forbidden: to be taken by hand.
    toasts.say(t('cite.failed'), text);
  }
}
