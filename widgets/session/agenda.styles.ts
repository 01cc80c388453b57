import { css } from 'lit';

export const agendaStyles = css`
  :host {
    container-type: normal;
    background: none;
  }
  .agenda.over {
    border-radius: var(--_radius-control);
    outline: 2px dashed var(--_accent);
    outline-offset: 2px;
  }
  .none {
    padding-block: var(--_1);
  }
  .point {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) auto;
    align-items: start;
    gap: var(--_1);
    padding: 5px 0;
    border-block-start: 1px solid var(--_line);
  }
  .point:first-child {
    border-block-start: 0;
  }
  .point.dragged {
    opacity: 0.5;
  }
  .point[draggable='true'] {
    cursor: grab;
  }
  .grip {
    display: inline-grid;
    place-items: center;
    min-width: 24px;
    min-height: 24px;
    padding: 0;
    color: var(--_text-quiet);
    font-size: var(--_text-xs);
    font-weight: var(--_regular);
    cursor: grab;
  }
  .covered .grip {
    color: var(--_success);
  }
  .what {
    padding-block-start: 2px;
    overflow-wrap: anywhere;
  }
  .what .quiet,
  .detail {
    display: block;
    font-size: var(--_text-xs);
  }
  .detail {
    color: var(--_text-quiet);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    line-clamp: 2;
    overflow: hidden;
  }
  .point > button.icon:last-child {
    min-height: 24px;
    min-width: 24px;
    color: var(--_text-quiet);
  }
`;
