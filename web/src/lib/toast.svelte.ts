/** A short word to whoever looks, such as that something was copied. */
class Toasts {
  text = $state('');
  /** What could not be copied and is to be taken by hand. */
  take = $state('');
  private timer = 0;

  say(text: string, take = ''): void {
    this.text = text;
    this.take = take;
    clearTimeout(this.timer);
    if (!take) this.timer = window.setTimeout(() => this.clear(), 4_000);
  }
  clear(): void {
    this.text = '';
    this.take = '';
  }
}

export const toasts = new Toasts();
