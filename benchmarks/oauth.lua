-- The same form, again and again; headers come from the command line.
wrk.method = "POST"
wrk.body = os.getenv("TOKEN_FORM")
