import { css } from 'lit';

export const notesStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 0;
    max-height: var(--sideline-notes-height, 36rem);
  }
  .find {
    flex-basis: 9rem;
  }
  .filters:not([hidden]) {
    padding-block: 0 var(--_3);
  }
  .filters .person {
    grid-column: span 2;
  }

  .scroller {
    position: relative;
    flex: 0 1 auto;
    min-height: 0;
    height: var(--natural);
    overflow: auto;
    overscroll-behavior: contain;
    contain: strict;
    border-block-start: 1px solid var(--_line);
  }
  .canvas {
    position: relative;
    height: var(--total);
  }
  .placed {
    position: absolute;
    inset-inline: 0;
    height: var(--height);
    transform: translateY(var(--top));
    transition: transform var(--_glide) ease-out;
  }
  .entry {
    border-block-end: 1px solid var(--_line);
  }
  .entry.open {
    height: auto;
    background: var(--_surface-sunken);
  }
  .entry.fresh {
    background: var(--_accent-soft);
  }
  .entry[draggable='true'] .head {
    cursor: grab;
  }
  .head {
    display: block;
    width: 100%;
    height: 100%;
    min-height: 36px;
    padding: var(--_2) var(--_3);
    border: 0;
    border-radius: 0;
    background: none;
    text-align: start;
    font-weight: var(--_regular);
  }
  .open .head {
    height: auto;
  }
  .top {
    display: flex;
    align-items: baseline;
    gap: var(--_2);
    min-width: 0;
    margin-block-end: 2px;
  }
  .kind,
  .private,
  .marked {
    display: inline-flex;
    align-items: center;
    align-self: center;
    gap: var(--_1);
    flex: none;
  }
  .kind {
    font-size: var(--_text-xs);
    font-weight: var(--_semibold);
  }
  .kind.URGENT {
    color: var(--_danger);
  }
  .kind.POSITIVE {
    color: var(--_success);
  }
  .who {
    flex: 0 1 auto;
    font-weight: var(--_medium);
  }
  .private {
    padding: 0 5px;
    border: 1px solid var(--_line-strong);
    border-radius: var(--_radius-control);
    color: var(--_text-quiet);
    font-size: 0.6875rem;
    vertical-align: 1px;
  }
  .beginning .private {
    margin-inline-end: var(--_1);
  }
  .head .category,
  .head .high {
    display: none;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .open .high {
    display: inline;
    flex: none;
  }
  .marked {
    color: var(--_success);
  }
  .when {
    flex: 1 0 auto;
    text-align: end;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
  }
  .beginning {
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
    white-space: normal;
  }
  .done .beginning,
  .done .who {
    color: var(--_text-quiet);
  }
  .detail {
    display: grid;
    gap: var(--_2);
    padding: 0 var(--_3) var(--_3);
    font-size: var(--_text-sm);
  }
  .text {
    white-space: pre-line;
    overflow-wrap: anywhere;
    font-size: var(--_text-md);
  }
  .actions,
  .edit .line {
    display: flex;
    flex-wrap: wrap;
    gap: var(--_1) var(--_2);
  }
  .edit {
    display: grid;
    gap: var(--_2);
  }
  .bones {
    display: grid;
    gap: var(--_2);
    padding-block: var(--_1) var(--_2);
  }

  .drops {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(0, 1fr);
    gap: var(--_2);
    padding: var(--_2) var(--_3);
    border-block-start: 1px solid var(--_line);
    background: var(--_surface-raised);
  }
  .drop {
    display: grid;
    place-items: center;
    min-height: 48px;
    padding: 0 var(--_2);
    border: 1px dashed var(--_line-strong);
    border-radius: var(--_radius-control);
    font-size: var(--_text-sm);
    text-align: center;
  }
  .drop.over {
    border-color: var(--_accent);
    background: var(--_accent-soft);
    color: var(--_accent-strong);
  }

  @container (min-width: 720px) {
    .entry:not(.open) .head {
      display: grid;
      grid-template-columns: 5.5rem 9.5rem minmax(0, 1fr) auto minmax(0, 9rem) 5.5rem;
      grid-template-areas: 'kind who beginning marks category when';
      align-items: center;
      gap: var(--_3);
      padding-block: 0;
    }
    .entry:not(.open) .top {
      display: contents;
    }
    .entry:not(.open) .kind {
      grid-area: kind;
    }
    .entry:not(.open) .who {
      grid-area: who;
    }
    .entry:not(.open) .marked {
      grid-area: marks;
    }
    .entry:not(.open) .when {
      grid-area: when;
    }
    .entry:not(.open) .category {
      display: inline;
      grid-area: category;
    }
    .entry:not(.open) .beginning {
      display: block;
      grid-area: beginning;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .one-person .entry:not(.open) .head {
      grid-template-columns: 5.5rem minmax(0, 1fr) auto minmax(0, 9rem) 5.5rem;
      grid-template-areas: 'kind beginning marks category when';
    }
    .tools .switch {
      flex: none;
    }
    .count {
      margin-inline-start: auto;
    }
    .filters:not([hidden]) {
      grid-template-columns: repeat(3, minmax(8rem, 11rem)) minmax(12rem, 20rem);
    }
    .filters .person {
      grid-column: auto;
    }
  }
`;
