/* The Sustainable Development Goals by their short names, as the United Nations publish them. */
import { t } from "../shared/i18n.js";

export const GOALS = Array.from({ length: 17 }, (_, i) => i + 1);

/* The name of goal `n` (1 to 17) in the reader's language. */
export function goalName(n) {
  return [
    t("No poverty"),
    t("Zero hunger"),
    t("Good health and well-being"),
    t("Quality education"),
    t("Gender equality"),
    t("Clean water and sanitation"),
    t("Affordable and clean energy"),
    t("Decent work and economic growth"),
    t("Industry, innovation and infrastructure"),
    t("Reduced inequalities"),
    t("Sustainable cities and communities"),
    t("Responsible consumption and production"),
    t("Climate action"),
    t("Life below water"),
    t("Life on land"),
    t("Peace, justice and strong institutions"),
    t("Partnerships for the goals"),
  ][n - 1];
}
