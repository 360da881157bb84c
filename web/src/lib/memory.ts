/** What the browser keeps from one visit to the next. A browser that keeps nothing is no error. */
export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(`musnad.${name}`, value);
  } catch {
    // Storage is full or forbidden: the page works without.
  }
}

export function remembered(name: string): string | null {
  try {
    return localStorage.getItem(`musnad.${name}`);
  } catch {
    return null;
  }
}
