/* What browsers of 2017 lack and our scripts use. Imported first by each script that does; tests/unit/js/old_phones.js
   knows what else they lack. */
if (!Array.prototype.flatMap) {
  Object.defineProperty(Array.prototype, "flatMap", {
    value(each) {
      return [].concat(...this.map(each));
    },
    configurable: true,
    writable: true,
  });
}
if (!Object.fromEntries) {
  Object.fromEntries = (entries) => Array.from(entries).reduce((whole, [name, value]) => {
    whole[name] = value;
    return whole;
  }, {});
}
