export default {
  label: "Photos",
  add: "Add",
  photo: "Photo {{place}}",
  open: "Open photo {{place}}",
  sending: "Sending photo {{place}}",
  retry: "Send photo {{place}} again",
  remove: "Take photo {{place}} out",
};
