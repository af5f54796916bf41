import type { Attachment } from 'svelte/attachments';
import { untrack } from 'svelte';
import type { WindowLocation } from './address/location.svelte.ts';

const settleMs = 120;

/**
 * Keeps how far an element is scrolled with the step of the history, and scrolls there again when somebody comes back
 * to it, as soon as what it shows is long enough. Another `topic` begins at its top.
 */
export const keepScroll = (location: WindowLocation, topic: string): Attachment<HTMLElement> => {
  return (element) => {
    void topic;
    let wanted: number | null = untrack(() => location.kept('scroll')) ?? 0;
    let settle: ReturnType<typeof setTimeout> | undefined;

    const restore = (): void => {
      if (wanted === null) return;
      element.scrollTop = wanted;
      if (Math.abs(element.scrollTop - wanted) < 2) wanted = null;
    };
    /** Whoever scrolls by hand is where they want to be. */
    const giveUp = (): void => {
      wanted = null;
    };
    const keep = (): void => {
      clearTimeout(settle);
      if (wanted === null) settle = setTimeout(() => location.keep('scroll', element.scrollTop), settleMs);
    };
    const grown = new MutationObserver(restore);

    restore();
    grown.observe(element, { childList: true, subtree: true });
    element.addEventListener('scroll', keep);
    element.addEventListener('wheel', giveUp, { passive: true });
    element.addEventListener('pointerdown', giveUp);
    element.addEventListener('keydown', giveUp);
    return () => {
      clearTimeout(settle);
      grown.disconnect();
      element.removeEventListener('scroll', keep);
      element.removeEventListener('wheel', giveUp);
      element.removeEventListener('pointerdown', giveUp);
      element.removeEventListener('keydown', giveUp);
    };
  };
};
