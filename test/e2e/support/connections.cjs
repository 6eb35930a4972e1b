// n8n closes a connection that has rested for some seconds, perhaps while a test's next request is
// on its way. With a connection for each request there is no such moment.
const http = require('node:http');

http.globalAgent = new http.Agent({ keepAlive: false });
