export default {
  open: "Open",
};
