/* The phone's second script: what is not needed to come in by an open door and to write. arriving.js fetches it and hands it on. */
import "../shared/more_icons.js";
import "../shared/older.js";
import { Agenda, Reminder } from "./agenda.js";
import { Ask } from "./ask.js";
import { Cards } from "./card.js";
import { BadgeJoin, SecondBadge, Waits } from "./door.js";
import { methodOf } from "./own_votes.js";
import { Receipt } from "./receipt.js";
import { Refused, Stranded, Underway, Unsent } from "./refused.js";
import { Result, ResultsSoFar, ballotsIn } from "./results.js";
import { Similar } from "./similar.js";
import { AtTable, Passed } from "./table.js";
import { SeatVotes, VotesAtEnd as OwnVotes } from "./table_votes.js";
import { Vote } from "./vote.js";
import { ownWords } from "./voting/words.js";

window.lent.bring({
  Agenda, Ask, BadgeJoin, Cards, Reminder, SecondBadge, Similar, Waits, Vote, Passed, AtTable, SeatVotes, Result, ResultsSoFar, ballotsIn,
  OwnVotes, Receipt, Refused, Stranded, Underway, Unsent, methodOf, ownWords,
});
