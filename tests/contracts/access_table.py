"""The access table: what each role gets at each address. This is the decision; tests/contracts/test_access.py asks them all.

A cell is a status; "in" means: sign in first; "2f" means: confirm with the second factor first. An empty form that reaches
its action comes back with 422, so 422 means "may". What one may not see is 404.

owner: the learner whose attempt, work and certificate these are. learner: another learner of the same course. Staff hold
their role for the whole site. far (elsewhere): the same roles, held for another course; one (one-factor): signed in
without the second factor. Where a role opens nothing of its own (=), both get what a learner gets.
"""

COLUMNS = ("visitor", "owner", "learner", "author", "mentor", "coordinator", "administrator", "elsewhere", "one-factor")
TABLE = """
#                                                                       visit owner learn auth  ment  coord admin far   one
# Open to everybody: health, pages of words, the catalogue, the check of a certificate
GET  /healthz                                                           200   200   200   200   200   200   200   =     =
GET  /readyz                                                            200   200   200   200   200   200   200   =     =
GET  /metrics                                                           200   200   200   200   200   200   200   =     =
GET  /                                                                  302   302   302   302   302   302   302   =     =
GET  /{lang}/privacy                                                    200   200   200   200   200   200   200   =     =
GET  /{lang}/accessibility                                              200   200   200   200   200   200   200   =     =
GET  /{lang}/help                                                       200   200   200   200   200   200   200   =     =
GET  /{lang}/account-erased                                             200   200   200   200   200   200   200   =     =
GET  /{lang}                                                            200   200   200   200   200   200   200   =     =
GET  /{lang}/courses                                                    200   200   200   200   200   200   200   =     =
GET  /media/{name}                                                      404   404   404   404   404   404   404   =     =
GET  /certificates                                                      200   200   200   200   200   200   200   =     =
GET  /certificates/{serial}.pdf                                         200   200   200   200   200   200   200   =     =
GET  /certificates/{serial}                                             200   200   200   200   200   200   200   =     =
GET  /api/v1/courses                                                    200   200   200   200   200   200   200   =     =
GET  /api/v1/courses/{course}                                           200   200   200   200   200   200   200   =     =
GET  /api/v1/openapi.json                                               200   200   200   200   200   200   200   =     =
GET  /api/v1/certificates/{serial}                                      200   200   200   200   200   200   200   =     =

# Signing up, in and out, and the ways back in
GET  /{lang}/sign-in                                                    200   303   303   303   303   303   303   =     =
POST /{lang}/sign-in                                                    422   422   422   422   422   422   422   =     =
POST /{lang}/sign-out                                                   303   303   303   303   303   303   303   =     =
GET  /{lang}/sign-up                                                    200   303   303   303   303   303   303   =     =
POST /{lang}/sign-up                                                    422   422   422   422   422   422   422   =     =
GET  /{lang}/recovery                                                   200   200   200   200   200   200   200   =     =
POST /{lang}/recovery/code                                              422   422   422   422   422   422   422   =     =
POST /{lang}/recovery/mail                                              422   422   422   422   422   422   422   =     =
GET  /{lang}/recovery/mail-sent                                         200   200   200   200   200   200   200   =     =
GET  /{lang}/recovery/link/{token}                                      422   422   422   422   422   422   422   =     =
POST /{lang}/recovery/link/{token}                                      422   422   422   422   422   422   422   =     =
GET  /{lang}/sign-in/second-factor                                      in    303   303   303   303   303   303   =     =
POST /{lang}/sign-in/second-factor                                      in    404   404   422   404   404   404   404   404
GET  /{lang}/invitations/{token}                                        200   200   200   200   200   200   200   =     =
POST /{lang}/invitations/{token}                                        in    303   303   303   303   303   303   =     =

# One's own page, account and data: each person meets their own
GET  /{lang}/me/recovery-code                                           in    200   200   200   200   200   200   =     =
POST /{lang}/me/recovery-code/written-down                              in    303   303   303   303   303   303   =     =
GET  /{lang}/me/account                                                 in    200   200   200   200   200   200   =     =
POST /{lang}/me/account                                                 in    422   422   422   422   422   422   =     =
POST /{lang}/me/sessions/{session_id}/ending                            in    303   404   404   404   404   404   =     =
GET  /{lang}/me/passphrase                                              in    200   200   200   200   200   200   =     =
POST /{lang}/me/passphrase                                              in    422   422   422   422   422   422   =     =
POST /{lang}/me/recovery-code                                           in    422   422   422   422   422   422   =     =
GET  /{lang}/me/second-factor                                           in    200   200   200   200   200   200   =     =
POST /{lang}/me/second-factor                                           in    303   303   303   303   303   303   =     =
POST /{lang}/me/second-factor/confirmation                              in    422   422   422   422   422   422   =     =
GET  /{lang}/me/second-factor/spare-codes                               in    200   200   200   200   200   200   =     =
POST /{lang}/me/second-factor/spare-codes                               in    303   303   303   303   303   303   =     =
POST /{lang}/me/second-factor/spare-codes/written-down                  in    303   303   303   303   303   303   =     =
POST /{lang}/me/second-factor/removal                                   in    422   422   422   422   422   422   =     =
GET  /{lang}/me/data                                                    in    200   200   200   200   200   200   =     =
GET  /{lang}/me/data/download                                           in    200   200   200   200   200   200   =     =
POST /{lang}/me/data/erasure                                            in    422   422   422   422   422   422   =     =
GET  /{lang}/me                                                         in    200   200   200   200   200   200   =     =

# Desks of authors, mentors, coordinators and administrators
GET  /{lang}/admin                                                      in    404   404   404   404   200   200   200   2f
GET  /{lang}/admin/people                                               in    404   404   404   404   200   200   200   2f
GET  /{lang}/admin/people/{user_id}                                     in    404   404   404   404   200   200   404   2f
POST /{lang}/admin/people/{user_id}/roles                               in    404   404   404   404   404   422   404   2f
POST /{lang}/admin/people/{user_id}/roles/{grant_id}/revocation         in    404   404   404   404   404   303   404   2f
POST /{lang}/admin/people/{user_id}/disabling                           in    404   404   404   404   404   303   404   2f
POST /{lang}/admin/people/{user_id}/enabling                            in    404   404   404   404   404   303   404   2f
POST /{lang}/admin/people/{user_id}/recovery-code                       in    404   404   404   404   303   303   404   2f
POST /{lang}/admin/people/{user_id}/second-factor/removal               in    404   404   404   404   404   303   404   2f
POST /{lang}/admin/invitations                                          in    404   404   404   404   404   422   422   2f
POST /{lang}/admin/invitations/{invitation_id}/withdrawal               in    404   404   404   404   404   303   404   2f
GET  /{lang}/admin/certificates                                         in    404   404   404   404   200   200   200   2f
GET  /{lang}/admin/certificates/{certificate_id}                        in    404   404   404   404   200   200   404   2f
POST /{lang}/admin/certificates/{certificate_id}/revocation             in    404   404   404   404   422   422   404   2f
POST /{lang}/admin/certificates/{certificate_id}/reissue                in    404   404   404   404   422   422   404   2f
GET  /{lang}/studio/mistakes                                            in    404   404   200   404   404   200   200   2f
POST /{lang}/studio/mistakes/{report_id}/answer                         in    404   404   422   404   404   422   404   2f
GET  /{lang}/mentor/answers                                             in    404   404   404   200   404   200   200   2f
GET  /{lang}/mentor/answers/{attempt_id}/{question_id}                  in    404   404   404   200   404   200   404   2f
POST /{lang}/mentor/answers/{attempt_id}/{question_id}                  in    404   404   404   422   404   422   404   2f
GET  /{lang}/admin/courses/{course}/gains                               in    404   404   404   404   200   200   404   2f
GET  /{lang}/admin/courses/{course}/accommodations                      in    404   404   404   404   200   200   404   2f
POST /{lang}/admin/courses/{course}/accommodations                      in    404   404   404   404   422   422   404   2f
GET  /{lang}/mentor                                                     in    404   404   404   200   404   200   200   2f
GET  /{lang}/mentor/submissions/{submission_id}                         in    404   404   404   200   404   200   404   2f
GET  /{lang}/mentor/submissions/{submission_id}/review                  in    404   404   404   303   404   303   404   2f
GET  /{lang}/mentor/submissions/{submission_id}/draft                   in    404   404   404   303   404   303   404   2f
POST /{lang}/mentor/submissions/{submission_id}/draft                   in    404   404   404   409   404   409   404   2f
POST /{lang}/mentor/submissions/{submission_id}/review                  in    404   404   404   409   404   409   404   2f
GET  /{lang}/admin/audit                                                in    404   404   404   404   404   200   404   2f
GET  /{lang}/admin/courses                                              in    404   404   404   404   200   200   200   2f

# Courses, attempts and work. Who is not enrolled is led to the course (303)
GET  /{lang}/courses/{course}/certificate                               in    303   404   404   404   404   404   =     =
POST /{lang}/courses/{course}/certificate                               in    303   404   404   404   404   404   =     =
GET  /{lang}/courses/{course}                                           200   200   200   200   200   200   200   =     =
GET  /{lang}/courses/{course}/print                                     200   200   200   200   200   200   200   =     =
POST /{lang}/courses/{course}/enrollment                                303   303   303   303   303   303   303   =     =
GET  /{lang}/courses/{course}/continue                                  in    303   303   303   303   303   303   =     =
POST /{lang}/courses/{course}/enrollment/withdrawal                     in    303   303   303   303   303   303   =     =
GET  /{lang}/courses/{course}/{module}/{unit}                           200   200   200   200   200   200   200   =     =
POST /{lang}/courses/{course}/{module}/{unit}/done                      in    303   303   303   303   303   303   =     =
POST /{lang}/courses/{course}/{module}/{unit}/mistakes                  in    422   422   422   422   422   422   =     =
GET  /{lang}/courses/{course}/{module}/{unit}/mistakes                  in    200   200   200   200   200   200   =     =
POST /{lang}/courses/{course}/{module}/{unit}/attempts                  in    303   303   303   303   303   303   =     =
GET  /{lang}/attempts/{attempt_id}                                      in    200   404   404   404   404   404   =     =
POST /{lang}/attempts/{attempt_id}/answers                              in    409   404   404   404   404   404   =     =
POST /{lang}/attempts/{attempt_id}/submission                           in    303   404   404   404   404   404   =     =
POST /{lang}/courses/{course}/{module}/{unit}/draft                     in    303   303   303   303   303   303   =     =
POST /{lang}/courses/{course}/{module}/{unit}/submission                in    303   303   303   303   303   303   =     =
GET  /{lang}/courses/{course}/{module}/{unit}/submission                303   303   303   303   303   303   303   =     =
GET  /{lang}/courses/{course}/{module}/{unit}/draft                     in    303   303   303   303   303   303   =     =
GET  /{lang}/submissions/{submission_id}                                in    200   404   404   200   404   200   404   2f
"""
