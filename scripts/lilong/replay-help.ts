/** Apart from the command itself, which brings the scenarios along. */
export const replayHelp = `\
  replay FILE.jsonl --rule NAME [--mapping MAP.json] [--rules RULES.json] [--consented]
                                    用自己的日志试规则 · judges one's own log; needs no running town
                                    每行 · a line: {"t": seconds or ISO time with zone,
                                    "dur_s": number, "sensor": "name", "state"?, "value"?}
                                    对照表 · MAP.json: {"name": {"kind": KIND, "state"?, "place"?,
                                    "heartbeat"?: seconds}}; without one, names begin with a KIND
                                    --consented: 数据里的人都同意 · everybody in the file agreed`

export const replayOptions = {
  ...{ rule: { type: 'string' as const }, mapping: { type: 'string' as const } },
  ...{ rules: { type: 'string' as const }, consented: { type: 'boolean' as const } },
}
