/* The list of stages in the editor. Without these scripts all of it works, with the button that saves. */
import "./leaving.js";
import "./summing.js";
