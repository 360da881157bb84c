import { zoomed, type Look } from './geo';

/** What a drawing that is looked at closer needs to know. */
export interface Lens {
  look: () => Look;
  /** `rest` tells whether the movement is over. */
  onlook: (look: Look, rest: boolean) => void;
  /** A click that moved nothing. */
  onclick?: (event: PointerEvent) => void;
  size: () => { width: number; height: number };
}

/** How far a pointer may move and still click, in pixels. */
const STILL = 4;

/**
 * Makes an element movable by one pointer, closer by two, by the wheel together with Ctrl or while it has the focus, and by keys. One finger
 * that goes up or down scrolls the page (`touch-action: pan-y` stands in the styles).
 */
export function looking(node: HTMLElement | SVGElement, lens: Lens): () => void {
  const down = new Map<number, { x: number; y: number }>();
  let begun: { x: number; y: number } | null = null;
  let moved = false;
  let timer = 0;
  const place = (event: { clientX: number; clientY: number }): { x: number; y: number } => {
    const box = node.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => lens.onlook(lens.look(), true), 180);
  };
  const pressed = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    down.set(event.pointerId, place(event));
    if (down.size === 1) {
      begun = place(event);
      moved = false;
    }
  };
  const drawn = (event: PointerEvent): void => {
    const before = down.get(event.pointerId);
    if (!before) return;
    const now = place(event);
    const look = lens.look();
    if (down.size === 1) {
      if (!moved && begun && Math.hypot(now.x - begun.x, now.y - begun.y) < STILL) return;
      if (!moved) node.setPointerCapture(event.pointerId);
      moved = true;
      lens.onlook({ k: look.k, x: look.x + now.x - before.x, y: look.y + now.y - before.y }, false);
    } else if (down.size === 2) {
      moved = true;
      const other = [...down].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const was = Math.hypot(before.x - other.x, before.y - other.y);
        const is = Math.hypot(now.x - other.x, now.y - other.y);
        if (was > 0) lens.onlook(zoomed(look, is / was, (now.x + other.x) / 2, (now.y + other.y) / 2), false);
      }
    }
    down.set(event.pointerId, now);
  };
  const lifted = (event: PointerEvent): void => {
    if (!down.delete(event.pointerId)) return;
    if (moved) lens.onlook(lens.look(), true);
    else if (event.type === 'pointerup') lens.onclick?.(event);
  };
  const wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey && !node.contains(document.activeElement)) return;
    event.preventDefault();
    const { x, y } = place(event);
    lens.onlook(zoomed(lens.look(), 2 ** (-event.deltaY / (event.deltaMode ? 8 : 260)), x, y), false);
    later();
  };
  const key = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { width, height } = lens.size();
    const look = lens.look();
    const step = 60;
    const moves: Record<string, [number, number]> = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    const by = moves[event.key];
    if (by) lens.onlook({ k: look.k, x: look.x + by[0], y: look.y + by[1] }, false);
    else if (event.key === '+' || event.key === '=') lens.onlook(zoomed(look, 1.5, width / 2, height / 2), false);
    else if (event.key === '-') lens.onlook(zoomed(look, 1 / 1.5, width / 2, height / 2), false);
    else return;
    event.preventDefault();
    later();
  };
  const on = node as HTMLElement;
  on.addEventListener('pointerdown', pressed);
  on.addEventListener('pointermove', drawn);
  on.addEventListener('pointerup', lifted);
  on.addEventListener('pointercancel', lifted);
  on.addEventListener('wheel', wheel, { passive: false });
  on.addEventListener('keydown', key);
  return () => {
    clearTimeout(timer);
    on.removeEventListener('pointerdown', pressed);
    on.removeEventListener('pointermove', drawn);
    on.removeEventListener('pointerup', lifted);
    on.removeEventListener('pointercancel', lifted);
    on.removeEventListener('wheel', wheel);
    on.removeEventListener('keydown', key);
  };
}
