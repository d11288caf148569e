/// A clock that goes on at its pace where the page is hidden, whose own timers then come once a second.
setInterval(() => postMessage(null), 40)
