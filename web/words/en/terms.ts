/** What one agrees to, in full: for the page of care and the one of agreements. */
export const terms: typeof import('../zh-CN/terms.ts').terms = {
  care: [
    {
      kind: 'watched',
      name: 'What is watched',
      says: 'Sensors at the door and in the rooms only say “something moved”. No camera, no sound, no names, and nothing about what you were doing.',
    },
    {
      kind: 'seen-by',
      name: 'Who sees it',
      says: 'Nobody watches a screen. Only after 48 hours without any movement is somebody asked, by the street’s rule. You can always look up who looked.',
    },
    {
      kind: 'next',
      name: 'What happens then',
      says: 'The street’s rule sets the order: it may ask you, then send a message to the contacts you chose (with no more than how they call you), then a volunteer or a worker phones and comes to your door. You can see who was asked.',
    },
    {
      kind: 'kept',
      name: 'How long it is kept',
      says: 'The sensors’ raw signals at most 72 hours, and gone within the hour after; then only the time of the last one.',
    },
    {
      kind: 'free',
      name: 'What it costs',
      says: 'Nothing. Saying no costs nothing either: all other services stay the same, and nobody asks you again for 12 months.',
    },
    {
      kind: 'stop',
      name: 'How to stop',
      says: 'One tap, at any time; it works at once. Your agreement lasts one year and then stops by itself.',
    },
    {
      kind: 'limits',
      name: 'What it cannot do',
      says: 'It cannot tell whether you stayed in or are unwell. In an emergency call 120 at once; do not wait for it.',
    },
  ],
  calls: [
    {
      kind: 'next',
      name: 'How it works',
      says: 'A worker phones to ask how you are. If you do not answer, no rule sends anybody by itself.',
    },
    {
      kind: 'watched',
      name: 'What is looked at',
      says: 'Nothing. Sensors or not, no rule judges whether you move.',
    },
    {
      kind: 'kept',
      name: 'For how long',
      says: 'Only this agreement and the contacts whom you write. When it stops, they are erased at once.',
    },
    {
      kind: 'free',
      name: 'Does it cost',
      says: 'No. You may say no: every other service stays as it is, and nobody asks again for 12 months.',
    },
    {
      kind: 'stop',
      name: 'How to stop',
      says: 'One tap, at any time, and it stops at once. It lasts one year and ends by itself. For sensors instead, stop first and choose again.',
    },
    {
      kind: 'limits',
      name: 'What it cannot do',
      says: 'Between two calls nobody knows if something happens. In an emergency call 120 and do not wait for a call.',
    },
  ],
  guard: [
    'Out at night, or out for long and not back: first a message to the contacts you chose; without an answer, a worker.',
    'Only the sensors on the door and in the room that are there already. No locating; where you went is not kept.',
    'One tap ends it at once. It ends with agreed care, and after a year by itself.',
  ],
}
