import { css } from 'lit';

export const chartStyles = css`
  :host {
    background: none;
  }
  .chart {
    position: relative;
    height: 64px;
    border-radius: var(--_radius-control);
    cursor: crosshair;
    touch-action: pan-y;
  }
  .plot {
    position: absolute;
    inset: 0;
    overflow: hidden;
  }
  .ink {
    position: absolute;
    visibility: hidden;
  }
  .line-ink {
    color: var(--_text);
  }
  .target-ink {
    color: var(--_text-quiet);
  }
  .grid-ink {
    color: var(--_line);
  }
  .surface-ink {
    color: var(--_surface);
  }
  .foot {
    display: flex;
    justify-content: space-between;
    gap: var(--_2);
    min-height: calc(var(--_leading) * 1em);
    font-size: var(--_text-xs);
    color: var(--_text-quiet);
    white-space: nowrap;
  }
  .foot .at {
    color: var(--_text);
    overflow: hidden;
    text-overflow: ellipsis;
  }

  /* What uPlot needs of its stylesheet; its legend, axes and selection are not used. */
  .uplot {
    width: min-content;
  }
  .u-wrap {
    position: relative;
    user-select: none;
  }
  .u-over,
  .u-under {
    position: absolute;
  }
  .u-under {
    overflow: hidden;
  }
  .uplot canvas {
    display: block;
    position: relative;
    width: 100%;
    height: 100%;
  }
  .u-select {
    display: none;
  }
  .u-cursor-x,
  .u-cursor-pt {
    position: absolute;
    inset-block-start: 0;
    left: 0;
    pointer-events: none;
    will-change: transform;
  }
  .u-cursor-x {
    height: 100%;
    border-right: 1px solid var(--_line-strong);
  }
  .u-cursor-pt {
    border-radius: 50%;
    border: 0 solid;
    background-clip: padding-box !important;
  }
  .u-off {
    display: none;
  }
`;
