const MARGIN = 8;

/**
 * Puts a top-layer element beside its anchor: below where there is room, else above; their start edges in line where
 * it fits, else their end edges, mirrored in right-to-left pages; never outside the window.
 */
export function place(floating: HTMLElement, anchor: Element): void {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const rtl = getComputedStyle(floating).direction === 'rtl';
  const fromLeft = rtl ? at.right - width < MARGIN : at.left + width <= innerWidth - MARGIN;
  const wanted = fromLeft ? at.left : at.right - width;
  const left = Math.max(MARGIN, Math.min(wanted, innerWidth - width - MARGIN));
  const below = at.bottom + 4;
  const fits = below + height + MARGIN <= innerHeight;
  const top = fits ? below : Math.max(MARGIN, Math.min(at.top - height - 4, innerHeight - height - MARGIN));
  floating.style.setProperty('left', `${Math.round(left)}px`);
  floating.style.setProperty('top', `${Math.round(top)}px`);
}

/** Keeps it there while the page scrolls or changes size. @returns stops */
export function keepPlaced(floating: HTMLElement, anchor: Element): () => void {
  const update = (): void => place(floating, anchor);
  update();
  const observer = new ResizeObserver(update);
  observer.observe(floating);
  addEventListener('scroll', update, { capture: true, passive: true });
  addEventListener('resize', update);
  return () => {
    observer.disconnect();
    removeEventListener('scroll', update, { capture: true });
    removeEventListener('resize', update);
  };
}
