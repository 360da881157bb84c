import { get, known, Problem, type Path } from './api';

/**
 * What stands at an address of the server, as a view shows it: nothing yet, the answer, or a problem. Follows the address when it
 * changes, and forgets answers that come too late.
 */
export class Loaded<A> {
  value = $state.raw<A | undefined>(undefined);
  problem = $state.raw<Problem | undefined>(undefined);
  private again = $state(0);

  /** `path` gives the address; an empty one asks for nothing. Must be made while a component is made. */
  constructor(path: () => Path<A>) {
    // The address of the page may change without this one: then nothing is asked again.
    const address = $derived(path());
    $effect.pre(() => {
      const asked = address;
      void this.again;
      this.problem = undefined;
      this.value = asked ? known<A>(asked) : undefined;
      if (!asked || this.value !== undefined) return;
      const control = new AbortController();
      get<A>(asked, control.signal).then(
        (answer) => {
          if (!control.signal.aborted) this.value = answer;
        },
        (error: unknown) => {
          if (!control.signal.aborted) this.problem = error instanceof Problem ? error : new Problem(0, 'error', String(error));
        },
      );
      return () => control.abort();
    });
  }

  retry = (): void => {
    this.again++;
  };
}
