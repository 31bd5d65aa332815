/* The voting methods on the phone, by the name that the settings of a vote give them. A method:

   asks       "each": every item has a control in the list; "pages": one item fills the page; "all": one ballot for all
   Control    ("each") what stands below an item; Bar ("each") what stands where the thumb is
   Ballot     ("pages", "all") the whole ballot
   drop       ("all") a ballot without an item that cannot be voted on any more
   words      a ballot on one item in a few words
   rows       ("all") a ballot on all items: [{item, words}] */
import { agree } from "./agree.js";
import { axes } from "./axes.js";
import { choice } from "./choice.js";
import { criteria } from "./criteria.js";
import { dots } from "./dots.js";
import { points } from "./points.js";
import { ranking } from "./ranking.js";

export const METHODS = { dots, points, agree, criteria, axes, choice, ranking };
