/** Suites that the tests run by a launcher of their own: most of them are meant to fail. */
package com.acme.suites;
