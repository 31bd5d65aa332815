/* The phone's second script: what is not needed before one is in. arriving.js fetches it and hands it on. */
import { OwnVotes, methodOf } from "./own_votes.js";
import { Result, ResultsSoFar, ballotsIn } from "./results.js";
import { Vote } from "./vote.js";
import { ownWords } from "./voting/words.js";

window.lent.bring({ Vote, Result, ResultsSoFar, ballotsIn, OwnVotes, methodOf, ownWords });
