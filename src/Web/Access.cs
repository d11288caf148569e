using System.Collections.Frozen;
using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Conferences;
using ConsultHub.Consultants;
using ConsultHub.Lectures;
using ConsultHub.Programmes;
using ConsultHub.Rostering;
using ConsultHub.Web.Accounts;
using ConsultHub.Web.Attendance;
using ConsultHub.Web.Audit;
using ConsultHub.Web.Certificates;
using ConsultHub.Web.Conferences;
using ConsultHub.Web.Consultants;
using ConsultHub.Web.Demo;
using ConsultHub.Web.Hospitals;
using ConsultHub.Web.Hosting;
using ConsultHub.Web.Lectures;
using ConsultHub.Web.Ledgers;
using ConsultHub.Web.Mail;
using ConsultHub.Web.Networks;
using ConsultHub.Web.Programmes;
using ConsultHub.Web.Research;
using ConsultHub.Web.Rostering;
using ConsultHub.Web.Scorecards;

namespace ConsultHub.Web;

/// <summary>The rules about who may do what. Endpoints, hub methods and topics use them. Each decision is made in memory.</summary>
public static partial class Access
{
    /// <summary>The roles in which people work in a lecture's room.</summary>
    private static readonly ImmutableArray<Role> CrewRoles = [Role.Host, Role.Speaker, Role.Moderator, Role.Captioner];

    private static readonly ImmutableArray<Role> EducationRoles = [Role.ProgrammeDirector, Role.Reviewer, Role.Supervisor, Role.Trainee];

    private static readonly ImmutableArray<Role> StaffRoles =
    [
        Role.Coordinator,
        Role.Registrar,
        Role.Consultant,
        Role.Auditor,
        Role.ResearchLead,
    ];

    /// <summary>Says what each role may do, and where.</summary>
    private static readonly ImmutableArray<(Role Role, Reach Reach, ImmutableArray<AccessAction> Actions)> Rows =
    [
        (
            Role.Administrator,
            Reach.Hub,
            [
                AccountActions.Read,
                AccountActions.Change,
                AccountActions.GiveEvery,
                NetworkActions.Read,
                NetworkActions.Create,
                HospitalActions.Read,
                ConsultantActions.ChangeSpecialties,
                HubActions.Operate,
                CertificateActions.ChangeKeys,
                AuditActions.Read,
                MailActions.Read,
            ]
        ),
        (
            Role.Coordinator,
            Reach.Network,
            [
                RosterActions.Read,
                RosterActions.Plan,
                RosterActions.RecordWork,
                RosterActions.ReadCases,
                RosterActions.ReadReasons,
                RosterActions.ReadConsultants,
                ConsultantActions.ReadCredentials,
                ConsultantActions.ReadItinerary,
                ConsultantActions.Change,
                ConsultantActions.ChangeCredentials,
                NetworkActions.Change,
                HospitalActions.Change,
                ConferenceActions.Manage,
                ProgrammeActions.Change,
                ProgrammeActions.ReadApplications,
                ProgrammeActions.ReadRotations,
                ProgrammeActions.Decide,
                DossierActions.Read,
                DossierActions.Check,
                LogbookActions.Read,
                CourseActions.Read,
                CourseActions.Record,
                LectureActions.Host,
                LectureActions.Moderate,
                LectureActions.Caption,
                AttendanceActions.ReadAll,
                AttendanceActions.Export,
                AttendanceActions.ReadPolicyHistory,
                AttendanceActions.ChangePolicy,
                CertificateActions.Manage,
                DemoActions.RunDay,
                AccountActions.Read,
                AccountActions.Change,
                AccountActions.GiveLocal,
                ResearchActions.Change,
                ResearchActions.Decide,
            ]
        ),
        (
            Role.Registrar,
            Reach.Network,
            [RosterActions.Read, RosterActions.RecordWork, HospitalActions.Change, ConsultantActions.ChangeCredentials]
        ),
        (Role.ResearchLead, Reach.Network, [ResearchActions.Change, ResearchActions.Decide]),
        (Role.Consultant, Reach.Network, [RosterActions.Read, RosterActions.Answer]),
        (
            Role.ProgrammeDirector,
            Reach.Network,
            [
                ProgrammeActions.Change,
                ProgrammeActions.ReadApplications,
                ProgrammeActions.ReadRotations,
                ProgrammeActions.Review,
                ProgrammeActions.Decide,
                DossierActions.Read,
                DossierActions.Check,
                LogbookActions.Read,
                LogbookActions.Judge,
                CourseActions.Read,
                CourseActions.Record,
            ]
        ),
        (Role.Supervisor, Reach.Network, [ProgrammeActions.ReadRotations, LogbookActions.Read, LogbookActions.Judge, CourseActions.Read]),
        // Trainers record who was in their own sessions.
        .. For([Role.Consultant, Role.Supervisor], [CourseActions.Record], Reach.Own),
        (Role.Reviewer, Reach.Network, [ProgrammeActions.ReadApplications, ProgrammeActions.Review]),
        (Role.Display, Reach.Network, [RosterActions.Read]),
        (
            Role.Auditor,
            Reach.Network,
            [
                RosterActions.Read,
                RosterActions.ReadReasons,
                RosterActions.ReadConsultants,
                AttendanceActions.ReadPolicyHistory,
                AccountActions.Read,
                AuditActions.Read,
            ]
        ),
        (Role.Integration, Reach.Network, [ConferenceActions.Export, AttendanceActions.Export]),
        (Role.Host, Reach.Session, [LectureActions.Host, LectureActions.Moderate, LectureActions.Caption]),
        (Role.Speaker, Reach.Session, [LectureActions.Speak]),
        (Role.Moderator, Reach.Session, [LectureActions.Moderate]),
        (Role.Captioner, Reach.Session, [LectureActions.Caption]),
        .. For([.. StaffRoles, .. EducationRoles, Role.Display], [HospitalActions.Read, NetworkActions.ReadPeople]),
        .. For(StaffRoles, [ResearchActions.Read, ResearchActions.Propose]),
        // The leads of an initiative change it, whatever their role is.
        .. For([Role.Registrar, Role.Consultant, Role.Auditor], [ResearchActions.Change], Reach.Own),
        .. For(
            [.. StaffRoles, .. EducationRoles, Role.Display, .. CrewRoles, Role.Attendee],
            [NetworkActions.Read, ConsultantActions.Read, AttendanceActions.ReadPolicy]
        ),
        .. For(
            [Role.Coordinator, Role.Registrar, Role.Auditor],
            [ScorecardActions.Read, ScorecardActions.Report, LedgerActions.Read],
            Reach.Network
        ),
        .. For([Role.Coordinator, Role.Registrar, Role.Auditor, Role.ProgrammeDirector], [ScorecardActions.ReadSheets], Reach.Network),
        .. For([.. StaffRoles, .. EducationRoles], [ProgrammeActions.Read, ResearchActions.ReadCatalogue]),
        // Staff of any profession learn. Auditors only read.
        .. For([Role.Coordinator, Role.Registrar, Role.Consultant, Role.ResearchLead, .. EducationRoles], [ProgrammeActions.Apply]),
        .. For(
            [Role.Coordinator, Role.Registrar, Role.Consultant, Role.ResearchLead, .. EducationRoles],
            [DossierActions.Change, LogbookActions.Keep, CourseActions.Answer],
            Reach.Own
        ),
        // The programme of a conference is seen by everybody who is signed in to its network. People whose role is limited to a conference
        // see that one. So somebody who registers for a public conference does not see the others.
        .. For([.. StaffRoles, .. EducationRoles, Role.Display], [ConferenceActions.Read, ConferenceActions.Export]),
        .. For([.. CrewRoles, Role.Attendee], [ConferenceActions.Read, ConferenceActions.Export], Reach.Conference),
        // A display on a wall takes no place in a session and asks nothing.
        .. For([Role.Coordinator, Role.Registrar, Role.Consultant, Role.ResearchLead, .. EducationRoles], [ConferenceActions.Follow]),
        .. For([.. CrewRoles, Role.Attendee], [ConferenceActions.Follow], Reach.Conference),
        // A lecture's room admits those who are registered for the conference, its crew, the network's coordinators and the screen in the
        // hall. People who belong to the crew without a role are admitted by the endpoints, see InRoom.
        .. For([Role.Coordinator], [ConferenceActions.Attend, LectureActions.TakePart]),
        .. For([Role.Coordinator, Role.Display], [LectureActions.Watch, AttendanceActions.Report]),
        (
            Role.Attendee,
            Reach.Conference,
            [ConferenceActions.Attend, LectureActions.Watch, LectureActions.TakePart, AttendanceActions.Report]
        ),
        .. For(CrewRoles, [ConferenceActions.Attend], Reach.Conference),
        .. For(CrewRoles, [LectureActions.Watch, LectureActions.TakePart, AttendanceActions.Report], Reach.Session),
    ];

    /// <summary>Rows for several roles. By default, the actions apply to things in the network of the grant.</summary>
    private static IEnumerable<(Role, Reach, ImmutableArray<AccessAction>)> For(
        ImmutableArray<Role> roles,
        ImmutableArray<AccessAction> actions,
        Reach reach = Reach.AtLarge
    ) => roles.Select(role => (role, reach, actions));

    private static readonly FrozenDictionary<(Role, AccessAction), Reach> Table = Rows.SelectMany(r =>
            r.Actions.Select(a => KeyValuePair.Create((r.Role, a), r.Reach))
        )
        .ToFrozenDictionary();

    /// <summary>The roles that an administrator of one network's roles may give: not those that could give further roles.</summary>
    private static readonly ImmutableArray<Role> LocalRoles =
    [
        Role.Registrar,
        Role.Consultant,
        Role.Attendee,
        Role.Display,
        Role.Host,
        Role.Speaker,
        Role.Moderator,
        Role.Captioner,
        Role.Integration,
        .. EducationRoles,
        Role.ResearchLead,
    ];

    /// <summary>What a role may do, and where, for people who ask what somebody may do.</summary>
    public static IEnumerable<(AccessAction Action, Reach Reach)> ActionsOf(Role role) =>
        Rows.Where(r => r.Role == role).SelectMany(r => r.Actions.Select(a => (a, r.Reach)));

    /// <summary>Returns the grant that allows an action, or null if none does.</summary>
    public static Grant? GrantFor(Viewer viewer, AccessAction action, in Subject of)
    {
        if (!viewer.Allows(action))
            return null;
        foreach (var grant in viewer.Grants)
            if (Table.TryGetValue((grant.Role, action), out var reach) && Covers(reach, grant, viewer.Person, of))
                return grant;
        return null;
    }

    public static bool May(Viewer viewer, AccessAction action, in Subject of) => GrantFor(viewer, action, of) is not null;

    /// <summary>Whether the person may do the action with any thing at all.</summary>
    public static bool MaySomewhere(Viewer viewer, AccessAction action) =>
        viewer.Allows(action) && viewer.Grants.Any(g => Table.ContainsKey((g.Role, action)));

    /// <summary>Whether the person may do the action with some things that do not belong to the person.</summary>
    public static bool MayWithOthers(Viewer viewer, AccessAction action) =>
        viewer.Allows(action) && viewer.Grants.Any(g => IsWithOthers(g, action));

    private static bool IsWithOthers(Grant grant, AccessAction action) =>
        Table.TryGetValue((grant.Role, action), out var reach) && reach != Reach.Own;

    /// <summary>The networks in which a person may do an action with everything.</summary>
    public static IEnumerable<NetworkId> NetworksFor(Viewer viewer, AccessAction action) =>
        viewer.Networks.Where(network => May(viewer, action, new Subject(network)));

    private static bool Covers(Reach reach, Grant grant, PersonId person, in Subject of)
    {
        var scope = grant.Scope;
        return reach switch
        {
            Reach.Hub => true,
            Reach.Own => of.Person == person,
            _ when of.Network is null || of.Network != scope.Network => false,
            Reach.AtLarge => true,
            Reach.Network => (scope.Hospitals.IsEmpty || (of.Hospital is { } hospital && scope.Hospitals.Contains(hospital)))
                && (scope.Partner is not { } partner || of.Partner == partner),
            Reach.Conference => scope.Conference is not { } conference || of.Conference == conference,
            Reach.Session => (scope.Conference is not { } conference || of.Conference == conference)
                && (scope.Session is not { } session || of.Session == session),
            _ => false,
        };
    }

    public static Subject SubjectOf(Lecture lecture) => new(lecture.Network) { Conference = lecture.Conference, Session = lecture.Session };

    public static ImmutableArray<Subject> SubjectsOf(Consultant consultant) =>
        [.. consultant.ListedIn.Select(network => new Subject(network) { Partner = consultant.Home, Person = consultant.Id })];

    /// <summary>What an education programme is about: each of its hospitals, or the network if it has none there.</summary>
    public static ImmutableArray<Subject> SubjectsOf(ProgrammeProfile programme) =>
        programme.Hospitals.IsDefaultOrEmpty
            ? [new Subject(programme.Network) { Partner = programme.Partner }]
            : [.. programme.Hospitals.Select(h => new Subject(programme.Network) { Hospital = h, Partner = programme.Partner })];

    /// <summary>Whether a person may judge the work of people in a programme.</summary>
    public static bool MayJudge(Viewer viewer, ProgrammeProfile programme) =>
        SubjectsOf(programme).Any(of => May(viewer, LogbookActions.Judge, of));

    /// <summary>The institution for which a reviewer speaks: the partner, if the role is limited to it.</summary>
    public static ReviewSide SideOf(Viewer viewer, ProgrammeProfile programme) =>
        SubjectsOf(programme)
            .Select(of => GrantFor(viewer, ProgrammeActions.Review, of))
            .Any(grant => grant?.Scope.Partner is { } partner && partner == programme.Partner)
            ? ReviewSide.Partner
            : ReviewSide.Network;

    /// <summary>
    /// Returns the roles that a viewer has in a lecture: those that the viewer's grants give, speaker if the programme says so, and those
    /// that the crew list gives. Everybody is an attendee.
    /// </summary>
    public static ImmutableArray<LectureRole> LectureRoles(Viewer viewer, Lecture lecture)
    {
        SortedSet<LectureRole> roles = [LectureRole.Attendee];
        var of = SubjectOf(lecture);
        if (May(viewer, LectureActions.Host, of))
            roles.Add(LectureRole.Host);
        if (May(viewer, LectureActions.Moderate, of))
            roles.Add(LectureRole.Moderator);
        if (May(viewer, LectureActions.Caption, of))
            roles.Add(LectureRole.Captioner);
        if (May(viewer, LectureActions.Speak, of) || lecture.Speakers.Any(s => s.Person is { } person && viewer.Is(person)))
            roles.Add(LectureRole.Speaker);
        roles.UnionWith(lecture.Crew.Where(c => viewer.Is(c.Person)).Select(c => c.Role));
        return [.. roles];
    }

    /// <summary>Whether a viewer has a role in a lecture besides attendee.</summary>
    public static bool IsCrew(Viewer viewer, Lecture lecture) => LectureRoles(viewer, lecture).Length > 1;

    /// <summary>Whether a viewer may open the rooms of a conference's lectures and host them.</summary>
    public static bool MayHost(Viewer viewer, in Subject of) => May(viewer, LectureActions.Host, of);

    /// <summary>Whether a viewer may send camera, microphone and screen into a lecture.</summary>
    public static bool MayPublish(Viewer viewer, Lecture lecture) =>
        LectureRoles(viewer, lecture).Any(r => r is LectureRole.Speaker or LectureRole.Host);

    /// <summary>Whether a viewer may watch the recording: the crew at any time, everybody else once the lecture has begun.</summary>
    public static bool MayWatchAgain(Viewer viewer, Lecture lecture) => lecture.StartedAt is not null || IsCrew(viewer, lecture);

    /// <summary>Whether a viewer may read a consultant's name, specialties and languages.</summary>
    public static bool MayReadProfile(Viewer viewer, Consultant consultant) =>
        viewer.Is(consultant.Id) || SubjectsOf(consultant).Any(of => May(viewer, ConsultantActions.Read, of));

    /// <summary>Whether a viewer may read a consultant's credentials, absences and visits.</summary>
    public static bool MayReadCredentials(Viewer viewer, Consultant consultant) =>
        viewer.Is(consultant.Id) || SubjectsOf(consultant).Any(of => May(viewer, ConsultantActions.ReadCredentials, of));

    /// <summary>Whether a viewer may plan an engagement.</summary>
    public static bool MayPlan(Viewer viewer, NetworkId network, Engagement engagement) =>
        May(viewer, RosterActions.Plan, SubjectOf(network, engagement));

    /// <summary>Whether a viewer may read an engagement without its confidential parts.</summary>
    /// <param name="partners">The partner institutions of its consultants.</param>
    public static bool MayReadEngagement(Viewer viewer, NetworkId network, Engagement engagement, ImmutableArray<PartnerId> partners) =>
        Concerns(viewer, engagement)
        || May(viewer, RosterActions.Read, SubjectOf(network, engagement))
        || partners.Any(p => May(viewer, RosterActions.Read, SubjectOf(network, engagement) with { Partner = p }));

    /// <summary>
    /// Whether a viewer may read an engagement's case reference. Coordinators may. So may a consultant who is assigned to the engagement or
    /// is asked to take it.
    /// </summary>
    public static bool MayReadConfidential(Viewer viewer, NetworkId network, Engagement engagement) =>
        Concerns(viewer, engagement) || May(viewer, RosterActions.ReadCases, SubjectOf(network, engagement));

    /// <summary>
    /// Whether a viewer may read the reason for a change. Coordinators and auditors may. So may the person who made the change, and the
    /// people whom the engagement concerned before or after the change.
    /// </summary>
    public static bool MayReadReason(Viewer viewer, NetworkId network, HistoryEntry entry) =>
        viewer.Is(entry.By)
        || (entry.Before is { } before && Concerns(viewer, before))
        || (entry.After is { } after && Concerns(viewer, after))
        || ((entry.After ?? entry.Before) is { } engagement && May(viewer, RosterActions.ReadReasons, SubjectOf(network, engagement)));

    /// <summary>
    /// Whether a viewer may read a subject's history. Only the consultant and those who may read it of anybody may read a consultant's
    /// history.
    /// </summary>
    public static bool MayReadHistory(Viewer viewer, NetworkId network, HistorySubject subject, string? id) =>
        subject == HistorySubject.Consultant
            ? (id == viewer.Person.Value && viewer.Is(viewer.Person)) || May(viewer, RosterActions.ReadConsultants, new Subject(network))
            : May(
                viewer,
                RosterActions.Read,
                new Subject(network)
                {
                    Hospital =
                        subject is HistorySubject.Room or HistorySubject.Hospital
                        && TextId.TryParse<HospitalId>(id?.Split('/')[0], out var hospital)
                            ? hospital
                            : null,
                }
            );

    /// <summary>Whether a viewer may learn that something in a table uses a record.</summary>
    /// <param name="table">The table of the thing, such as <c>engagements</c>.</param>
    public static bool MayReadUse(Viewer viewer, string table, in Subject of) =>
        May(
            viewer,
            table switch
            {
                "engagements" => RosterActions.Read,
                "conferences" => ConferenceActions.Read,
                "travel" => NetworkActions.Read,
                "procedures" => HospitalActions.Read,
                "initiatives" => ResearchActions.Read,
                "programmes" => ProgrammeActions.Read,
                "licences" => ConsultantActions.ReadCredentials,
                _ => ConsultantActions.Read,
            },
            of
        );

    /// <summary>Whether somebody other than an administrator can give a role that has this action.</summary>
    internal static bool IsGivenLocally(AccessAction action) => LocalRoles.Any(role => Table.ContainsKey((role, action)));

    /// <summary>Whether a viewer may send this kind of command about an engagement at this hospital.</summary>
    /// <param name="known">The engagement, if it is known. Whoever may record only the own work must be one of its consultants.</param>
    public static bool MayCommand(
        Viewer viewer,
        NetworkId network,
        HospitalId? hospital,
        RosterCommand command,
        Engagement? known = null
    ) =>
        May(viewer, RosterActions.Plan, new Subject(network) { Hospital = hospital })
        || (command is RecordWork && May(viewer, RosterActions.RecordWork, new Subject(network) { Hospital = hospital }))
        || (
            (
                command is Accept or Decline or Arrive or Complete
                || (command is RecordWork && known?.Consultants.Contains(viewer.Person) == true)
            ) && May(viewer, RosterActions.Answer, new Subject(network))
        );

    private static bool Concerns(Viewer viewer, Engagement engagement) => viewer.Is(viewer.Person) && engagement.Concerns(viewer.Person);

    private static Subject SubjectOf(NetworkId network, Engagement engagement) => new(network) { Hospital = engagement.Hospital };

    /// <summary>Returns the grant by which a viewer may see and change an account. Null if the viewer may not.</summary>
    public static Grant? GrantToChange(Viewer viewer, Account account) => GrantFor(viewer, AccountActions.Change, account, LocalRoles);

    public static bool MayRead(Viewer viewer, Account account) =>
        viewer.Is(account.Person) || SubjectsOf(account).Any(of => May(viewer, AccountActions.Read, of));

    /// <summary>Returns an account without the roles that the viewer may not read, because they are in other networks.</summary>
    public static Account Shown(Viewer viewer, Account account) =>
        viewer.Is(account.Person) ? account : account with { Grants = account.Grants.RemoveAll(g => !MayRead(viewer, g)) };

    /// <summary>Whether a viewer may read that somebody has this role.</summary>
    public static bool MayRead(Viewer viewer, Grant grant) => May(viewer, AccountActions.Read, new Subject(grant.Scope.Network));

    /// <summary>Returns the grant by which a viewer may give a role or take it away. Null if the viewer may not.</summary>
    public static Grant? GrantToGive(Viewer viewer, Role role, GrantScope scope) =>
        GrantFor(viewer, AccountActions.GiveEvery, default)
        ?? (LocalRoles.Contains(role) ? GrantFor(viewer, AccountActions.GiveLocal, new Subject(scope.Network)) : null);

    /// <summary>Whether a viewer may give a role to somebody, in any scope.</summary>
    public static bool MayGiveSomewhere(Viewer viewer, Role role) =>
        MaySomewhere(viewer, AccountActions.GiveEvery) || (LocalRoles.Contains(role) && MaySomewhere(viewer, AccountActions.GiveLocal));

    /// <summary>
    /// A coordinator may change accounts whose roles are all in the coordinator's own network, and of a kind that coordinators may give.
    /// Otherwise a coordinator could take over the account of somebody who may do more. That somebody attends a conference of another
    /// network does not matter, because everybody can register for public conferences.
    /// </summary>
    private static Grant? GrantFor(Viewer viewer, AccessAction action, Account account, ImmutableArray<Role> local)
    {
        if (GrantFor(viewer, action, default) is { } everywhere)
            return everywhere;
        Grant? found = null;
        foreach (var grant in account.Grants)
        {
            if (local.Contains(grant.Role) && GrantFor(viewer, action, new Subject(grant.Scope.Network)) is { } one)
                found = one;
            else if (grant is not { Role: Role.Attendee, Scope.Conference: not null })
                return null;
        }
        return found;
    }

    private static IEnumerable<Subject> SubjectsOf(Account account) =>
        account.Grants.Select(g => new Subject(g.Scope.Network)).Append(default).Distinct();
}
