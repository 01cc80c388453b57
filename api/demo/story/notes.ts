import type { NotePriority, NoteType } from '../../notes/note.entity.ts';

/** A quick note of the story. Days count back from the story's first day; the time is in minutes after midnight. */
export interface StoryNote {
  readonly about: string;
  /** User name; by default whoever leads the person's team. */
  readonly by?: string;
  readonly daysAgo: number;
  readonly minutes: number;
  readonly type: NoteType;
  readonly priority: NotePriority;
  readonly category: string;
  readonly text: string;
  readonly isPrivate?: boolean;
  /** Linked to the contact of the days before that the customer rated so. */
  readonly contact?: 'worst' | 'best';
  /** Dealt with in the coaching session of that many days ago. */
  readonly addressedInSession?: number;
}

type Rest = Partial<Pick<StoryNote, 'by' | 'isPrivate' | 'contact' | 'addressedInSession'>>;

const note = (
  about: string, daysAgo: number, minutes: number, type: NoteType, priority: NotePriority, category: string, text: string, rest: Rest = {},
): StoryNote => ({ about, daysAgo, minutes, type, priority, category, text, ...rest });

/** What leaders wrote down in the eight weeks. */
export const STORY_NOTES: readonly StoryNote[] = [
  note('agent', 24, 655, 'POSITIVE', 'MEDIUM', 'Empathy',
    'Sam took a call from a customer who had been charged twice and whose card was declined because of it. He owned it from the first sentence, rang back himself when the refund had arrived, and the customer wrote in to thank him.', { contact: 'best' }),
  note('agent', 9, 870, 'COACHING', 'LOW', 'Refunds',
    'On refunds Sam explains what we do, but not when the money will be back. Two customers rang again within a day to ask just that. Agree on one sentence with the date in it.'),

  note('priya_raman', 45, 620, 'COACHING', 'MEDIUM', 'Contracts',
    'Priya quoted the price of the old tariff to a customer who was extending. Go through the price list that came into force and check that the old one is out of her bookmarks.', { addressedInSession: 41 }),
  note('priya_raman', 13, 985, 'COACHING', 'HIGH', 'Tone',
    'Three calls this week ended with the customer asking for somebody else. Priya knows the answers but gives them before the customer has finished. It was not like that two months ago.', { contact: 'worst' }),
  note('priya_raman', 6, 1025, 'COACHING', 'LOW', 'Working hours',
    'Priya has asked twice about moving to the early shift. Find out whether that is behind the short answers before any figures come up.', { isPrivate: true }),
  note('priya_raman', 3, 700, 'URGENT', 'HIGH', 'Complaint',
    'A customer complained about a call with Priya and wants to cancel. Right on the facts, short in every answer, no word of regret about the double charge. This belongs into a session, not into a chat at the desk.', { contact: 'worst' }),

  note('marek_nowak', 11, 590, 'COACHING', 'MEDIUM', 'Handle time',
    'Since the new billing screens Marek reads out every charge from the top. Customers are patient with it, but the calls run minutes longer than they did. Show him the summary and the search by date.'),
  note('marek_nowak', 4, 640, 'COACHING', 'MEDIUM', 'Wrap-up',
    'Marek writes the same thing twice: in the notes of the call and again in the ticket. One of the two is enough; ask him which one he relies on.'),

  note('sofia_almeida', 36, 605, 'COACHING', 'HIGH', 'Listening',
    'Sofia interrupts as soon as she recognises the problem. Play back one call together and count how often the customer starts again from the beginning.', { contact: 'worst', addressedInSession: 31 }),
  note('sofia_almeida', 8, 675, 'POSITIVE', 'MEDIUM', 'Listening',
    'What a change: Sofia sums up the request before she answers, and customers notice. Two of them named her in their comments this week.', { contact: 'best' }),

  note('hannah_brandt', 16, 935, 'POSITIVE', 'HIGH', 'Sharing knowledge',
    'Hannah wrote one page on credits after an outage and put it into the team channel. Three colleagues used it the same day. Ask her to run the next short training.'),

  note('tomas_herrera', 15, 1040, 'COACHING', 'LOW', 'Contracts',
    'Tomás was not sure about the notice period of the older contracts and put the customer on hold three times. The overview is in the knowledge base; point him to it when he is back from leave.'),

  note('grace_adeyemi', 12, 770, 'COACHING', 'MEDIUM', 'Speed of answer',
    'Grace stays in wrap-up after chats while calls are waiting. Find out what she is writing; perhaps a template helps.'),

  note('leon_fischer', 10, 1010, 'POSITIVE', 'LOW', 'First weeks',
    'Five weeks in, and Leon already sets up payment plans on his own. He asks when he does not know, which is exactly right.'),
  note('leon_fischer', 5, 960, 'COACHING', 'LOW', 'Know-how',
    'Leon resolves little at the first contact because he is not sure what he may credit himself. Go through the limits together and write them down for the next newcomers.'),

  note('mia_kowalska', 7, 610, 'COACHING', 'MEDIUM', 'Follow-up',
    'Two customers waited for the e-mail that Mia had promised on the phone. She means to send them all at the end of the shift, and then the shift is over.'),

  note('owen_gallagher', 21, 545, 'COACHING', 'HIGH', 'Tone',
    'Owen is short to the point of rude when a customer disputes a charge. He is right most of the time, which does not help. Agree on two openings that he can live with.', { contact: 'worst' }),
  note('owen_gallagher', 14, 890, 'COACHING', 'LOW', 'Working hours',
    'Before we plan the next roster: find out with Nora whether Owen would rather work days.', { by: 'manager', isPrivate: true }),
  note('owen_gallagher', 6, 560, 'URGENT', 'MEDIUM', 'Speed of answer',
    'Calls rang at Owen’s desk for more than a minute on two nights while he was free. Check first whether the headset is the reason.'),

  note('amara_diallo', 18, 550, 'POSITIVE', 'MEDIUM', 'Calm under pressure',
    'Amara was alone with the queue for half an hour on the night of the outage and kept it short with one clear sentence at the start of each call.', { contact: 'best' }),

  note('yuki_tanaka', 12, 840, 'POSITIVE', 'HIGH', 'Finding causes',
    'Yuki found the pattern behind the failed sign-ins to the app and reported it with ten examples. The fix went out two days later.'),
  note('connor_walsh', 27, 1000, 'COACHING', 'MEDIUM', 'Diagnosis',
    'Connor restarts the router before he asks what the lights show. Half of these calls come back. Practise the first three questions with him.', { contact: 'worst' }),
  note('connor_walsh', 8, 970, 'COACHING', 'HIGH', 'Speed of answer',
    'Chats wait while Connor finishes his notes. He says he would lose the thread otherwise; look at it together on a quiet evening.'),
  note('chloe_martin', 17, 945, 'COACHING', 'LOW', 'Ownership',
    'Chloe passes on tickets that she could finish herself. Look at five of them together and decide which.'),
  note('viktor_petrov', 28, 575, 'COACHING', 'LOW', 'Silence',
    'There are long silences while Viktor looks things up. Telling the customer what he is doing would be enough.', { addressedInSession: 23 }),
  note('fatima_benali', 10, 815, 'POSITIVE', 'LOW', 'Patience',
    'Fatima set up a router with a customer who had never held one, in twenty minutes and with laughter on both sides.', { contact: 'best' }),

  note('emma_lindgren', 14, 730, 'POSITIVE', 'MEDIUM', 'Writing',
    'Emma turned a complaint about a missed visit into a customer who thanked us. Her letter is worth keeping as a model.', { contact: 'best' }),
  note('noah_jansen', 20, 955, 'COACHING', 'MEDIUM', 'Writing',
    'Noah answers complaints with the paragraph from the contract. It is correct and reads like a refusal. Rewrite two of his answers with him, regret first.', { contact: 'worst' }),
  note('noah_jansen', 6, 925, 'COACHING', 'HIGH', 'Open cases',
    'Four complaints of Noah’s are older than the answer we promise. Sort them together: which need a person, which only a date.'),
  note('lucy_bennett', 19, 690, 'COACHING', 'LOW', 'Handle time',
    'Lucy writes very thorough answers; most would do with half. Ask her which parts customers ever come back to.'),
  note('mateus_carvalho', 11, 915, 'COACHING', 'MEDIUM', 'Change of holder',
    'A change of holder often needs a second contact because one document is missing. Go through the checklist with Mateus.'),
];
