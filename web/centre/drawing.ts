import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([LineChart, BarChart, GridComponent, TooltipComponent, SVGRenderer])

/** What a picture shows: how much each minute with what is usual, or late and in time by kind. */
export type Drawn =
  | {
      is: 'pulse'
      labels: readonly string[]
      line: readonly number[]
      low: readonly number[] | null
      high: readonly number[] | null
      says: { line: string; band: string }
    }
  | {
      is: 'late'
      labels: readonly string[]
      late: readonly number[]
      inTime: readonly number[]
      says: { late: string; inTime: string }
    }

export type Drawing = { show(drawn: Drawn): void; end(): void }

/** Colours and letters are those of the page. */
type Look = Readonly<
  Record<'ink' | 'muted' | 'line' | 'brick' | 'signal' | 'jade' | 'font', string>
>

export function openDrawing(place: HTMLElement): Drawing {
  letItBeEmptied(place)
  const chart = init(place, null, { renderer: 'svg' })
  const look = lookOf(place)
  const resize = new ResizeObserver(() => chart.resize())
  resize.observe(place)
  return {
    show: (drawn) => chart.setOption(optionOf(drawn, look), { notMerge: true }),
    end() {
      resize.disconnect()
      chart.dispose()
    },
  }
}

/** The library empties its place by `innerHTML = ''`, which the page's policy forbids. */
function letItBeEmptied(place: HTMLElement): void {
  Object.defineProperty(place, 'innerHTML', { set: () => place.replaceChildren() })
}

function lookOf(place: HTMLElement): Look {
  const style = getComputedStyle(place)
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    ...{ ink: value('ink'), muted: value('muted'), line: value('line'), brick: value('brick') },
    ...{ signal: value('signal'), jade: value('jade'), font: style.fontFamily },
  }
}

function optionOf(drawn: Drawn, look: Look): EChartsCoreOption {
  switch (drawn.is) {
    case 'pulse':
      return pulseOption(drawn, look)
    case 'late':
      return lateOption(drawn, look)
    default:
      return drawn satisfies never
  }
}

function common(look: Look): EChartsCoreOption {
  return {
    animation: false,
    textStyle: { fontFamily: look.font, color: look.muted, fontSize: 13 },
    // never as HTML: the policy forbids it
    tooltip: {
      trigger: 'axis',
      renderMode: 'richText',
      confine: true,
      axisPointer: { type: 'line' },
    },
  }
}

const minutesBetweenLabels = 60

function pulseOption(drawn: Extract<Drawn, { is: 'pulse' }>, look: Look): EChartsCoreOption {
  const { labels, line, low, high } = drawn
  const last = line.length - 1
  const isHour = (index: number) => (last - index) % minutesBetweenLabels === 0
  const band =
    low && high
      ? [
          { name: '', type: 'line', stack: 'band', silent: true, symbol: 'none', data: low },
          {
            ...{ name: drawn.says.band, type: 'line', stack: 'band', silent: true },
            ...{ symbol: 'none', data: high.map((one, index) => one - (low[index] ?? 0)) },
            areaStyle: { color: look.muted, opacity: 0.25 },
          },
        ].map((series) => ({ ...series, lineStyle: { opacity: 0 }, tooltip: { show: false } }))
      : []
  return {
    ...common(look),
    grid: { left: 44, right: 24, top: 10, bottom: 26 },
    xAxis: {
      ...{ type: 'category', data: labels, boundaryGap: false },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.muted } },
      axisLabel: { interval: isHour, color: look.muted, hideOverlap: true },
    },
    yAxis: { type: 'value', minInterval: 1, splitNumber: 4, ...quietAxis(look) },
    series: [
      ...band,
      {
        ...{ name: drawn.says.line, type: 'line', symbol: 'none', data: line },
        lineStyle: { color: look.ink, width: 1.75 },
        itemStyle: { color: look.ink },
      },
      {
        ...{ name: '', type: 'line', silent: true, tooltip: { show: false } },
        data: line.map((one, index) => (index === last ? one : null)),
        ...{ symbol: 'circle', symbolSize: 9, itemStyle: { color: look.brick } },
      },
    ],
  }
}

function lateOption(drawn: Extract<Drawn, { is: 'late' }>, look: Look): EChartsCoreOption {
  const bar = (name: string, data: readonly number[], color: string) => ({
    ...{ name, type: 'bar', stack: 'all', data, barMaxWidth: 18 },
    itemStyle: { color },
  })
  return {
    ...common(look),
    grid: {
      ...{ left: 8, right: 24, top: 8, bottom: 8 },
      ...{ outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    },
    xAxis: { type: 'value', minInterval: 1, ...quietAxis(look) },
    yAxis: {
      ...{ type: 'category', data: labelsOf(drawn), inverse: true },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: look.muted } },
      axisLabel: { color: look.ink, interval: 0 },
    },
    series: [
      bar(drawn.says.late, drawn.late, look.signal),
      bar(drawn.says.inTime, drawn.inTime, look.jade),
    ],
  }
}

function labelsOf({ labels }: { labels: readonly string[] }): string[] {
  return labels.map((one) => (one.length > 24 ? `${one.slice(0, 23)}…` : one))
}

function quietAxis(look: Look) {
  return {
    axisLabel: { color: look.muted },
    splitLine: { lineStyle: { color: look.line } },
  }
}
