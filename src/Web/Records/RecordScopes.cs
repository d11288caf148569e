using System.Collections.Immutable;
using ConsultHub.Accounts;
using ConsultHub.Conferences.Edits;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Records;

/// <summary>Says what a record is about, as far as rights depend on it. <see cref="Access"/> then says who may do what.</summary>
internal sealed class RecordScopes(OwnerBook owners, IGrainFactory grains)
{
    /// <summary>
    /// The subjects of a record. Whoever may do an action with one of them may do it with the record. Empty if the record belongs to
    /// nothing that exists.
    /// </summary>
    /// <param name="owner">Null if the record is a new owner.</param>
    public async ValueTask<ImmutableArray<Subject>> OfAsync(Owner? owner, IRecord record)
    {
        switch (record)
        {
            case HospitalProfile hospital:
                return [new Subject(hospital.Network) { Hospital = hospital.Id }];
            case ConsultantProfile consultant:
                return
                [
                    .. (owner?.Networks ?? [])
                        .Concat(Owner.NetworksOf(consultant))
                        .Distinct()
                        .Select(network => new Subject(network) { Partner = consultant.Home, Person = consultant.Id }),
                ];
            case InitiativeProfile initiative:
                return OfInitiative(initiative, owner?.Profile as InitiativeProfile);
            // In a file, only people of the whole network name cohorts and initiatives.
            case PlannedEngagement { Cohort: not null } or PlannedEngagement { Initiative: not null }:
                return [new Subject(owner!.Networks[0])];
            case PlannedEngagement engagement:
                return [new Subject(owner!.Networks[0]) { Hospital = engagement.Hospital }];
            case ConferenceRow conference:
                return [new Subject(owner?.Networks[0] ?? conference.Network) { Conference = conference.Id }];
            case ProgrammeProfile programme:
                return Access.SubjectsOf(programme);
            case DossierDocument:
                return await OfDossierAsync(owner!);
            case PersonRole role:
                return [new Subject(role.Network)];
            case Visit visit:
                return [OfConsultant(owner!, visit.Network)];
            case Credential credential:
                return await owners.FindAsync(OwnerKind.Hospital, credential.Hospital.Value) is { } at
                    ? [OfConsultant(owner!, at.Networks[0]) with { Hospital = credential.Hospital }]
                    : OfOwner(owner!);
            default:
                return OfOwner(owner!);
        }
    }

    /// <summary>The person, and the programmes to which the person has applied.</summary>
    private async ValueTask<ImmutableArray<Subject>> OfDossierAsync(Owner owner)
    {
        var person = new PersonId(owner.Id);
        var found = ImmutableArray.Create(new Subject(null) { Person = person });
        var dossier = await grains.GetGrain<IDossierGrain>(owner.Id).GetAsync();
        foreach (var programme in dossier.Applications.Where(a => a.IsOpen).Select(a => a.Programme).Distinct())
            if ((await owners.FindAsync(OwnerKind.Programme, programme.Value))?.Profile is ProgrammeProfile profile)
                found = found.AddRange(Access.SubjectsOf(profile).Select(of => of with { Person = person }));
        return found;
    }

    public static ImmutableArray<Subject> OfOwner(Owner owner) =>
        owner.Kind switch
        {
            OwnerKind.Hub or OwnerKind.Accounts => [default],
            OwnerKind.Conference => [new Subject(owner.Networks[0]) { Conference = new(owner.Id) }],
            OwnerKind.Hospital => [new Subject(owner.Networks[0]) { Hospital = new(owner.Id) }],
            OwnerKind.Programme => Access.SubjectsOf((ProgrammeProfile)owner.Profile!),
            OwnerKind.Dossier => [new Subject(null) { Person = new(owner.Id) }],
            OwnerKind.Consultant => [.. owner.Networks.Select(network => OfConsultant(owner, network))],
            OwnerKind.Initiative when owner.Profile is InitiativeProfile profile => OfInitiative(profile, profile),
            _ => [new Subject(owner.Networks[0])],
        };

    /// <summary>An initiative is about each of its sites, and belongs to its leads.</summary>
    /// <param name="stored">The initiative as it is stored, because nobody becomes its lead by saying so. Null if it is new.</param>
    public static ImmutableArray<Subject> OfInitiative(InitiativeProfile about, InitiativeProfile? stored)
    {
        var whole = new Subject(about.Network) { Partner = about.Partner };
        return
        [
            .. about.Sites.IsDefaultOrEmpty ? [whole] : about.Sites.Select(site => whole with { Hospital = site }),
            .. ((PersonId?[])[stored?.Lead, stored?.PartnerLead]).OfType<PersonId>().Select(lead => whole with { Person = lead }),
        ];
    }

    private static Subject OfConsultant(Owner owner, NetworkId network) => new(network) { Partner = owner.Home, Person = new(owner.Id) };

    /// <summary>
    /// Whether a viewer may read a record. Whoever may change it may read it. Consultants read what the hub knows of them. Everybody who
    /// may read the table of the hub itself may read all of it.
    /// </summary>
    public async ValueTask<bool> MayReadAsync(Viewer viewer, RecordTable table, Owner owner, IRecord record) =>
        await MayAsync(viewer, table.Read, owner, record)
        || await MayAsync(viewer, table.Change, owner, record)
        || (owner.Kind == OwnerKind.Hub && Access.MaySomewhere(viewer, table.Read))
        || (owner.Kind is OwnerKind.Consultant or OwnerKind.Dossier && viewer.Is(new(owner.Id)))
        || (record is PersonRole { Person: { } person } && viewer.Is(person));

    /// <summary>The record as a viewer may see it. People read what they have proposed themselves.</summary>
    public async ValueTask<IRecord> ShownAsync(Viewer viewer, RecordTable table, Owner owner, IRecord record) =>
        table.Private is var (action, others)
        && !await MayAsync(viewer, action, owner, record)
        && !(record is InnovationProposal proposal && viewer.Is(proposal.Proposer))
            ? others(record)
            : record;

    /// <summary>Whether a viewer may do an action with a record.</summary>
    public async ValueTask<bool> MayAsync(Viewer viewer, AccessAction action, Owner? owner, IRecord record) =>
        (await OfAsync(owner, record)).Any(of => Access.May(viewer, action, of));

    /// <summary>
    /// Whether a viewer may change a record. A consultant belongs to the network that the record names first. That network alone changes
    /// the profile and the absences. Other networks enter visits only of consultants whom they list. Who changes the networks that list a
    /// consultant needs the right in each network that is added or removed. A consultant is removed only with the right in all networks.
    /// For a role of an account, the grant that allows the change was found before.
    /// </summary>
    public async ValueTask<bool> MayChangeAsync(Viewer viewer, AccessAction action, Owner? owner, IRecord? before, IRecord? after)
    {
        if (after is PersonRole role)
            return role.Basis is not null || role.ChangeBasis is not null;
        if (before is not null && !await MayAsync(viewer, action, owner, before))
            return false;
        if ((before ?? after) is null)
            return owner is not null && OfOwner(owner).Any(of => Access.May(viewer, action, of));
        if (after is not null && !await MayAsync(viewer, action, owner, after))
            return false;
        return (before ?? after) switch
        {
            ConsultantProfile when after is null => owner is not null && OfOwner(owner).All(of => Access.May(viewer, action, of)),
            ConsultantProfile => MayChangeProfile(viewer, action, owner, before as ConsultantProfile, (ConsultantProfile)after!),
            Absence => owner is not null && Access.May(viewer, action, OfConsultant(owner, HomeOf(owner))),
            Visit => owner is not null
                && (
                    before is not null
                    || owner.Networks.Contains(((Visit)after!).Network)
                    || Access.May(viewer, action, OfConsultant(owner, HomeOf(owner)))
                ),
            _ => true,
        };
    }

    private static bool MayChangeProfile(
        Viewer viewer,
        AccessAction action,
        Owner? owner,
        ConsultantProfile? before,
        ConsultantProfile after
    )
    {
        var was = before is null ? [] : Owner.NetworksOf(before);
        var changed = Owner.NetworksOf(after).ToHashSet();
        changed.SymmetricExceptWith(was);
        return (owner is null || Access.May(viewer, action, OfConsultant(owner, HomeOf(owner))))
            && changed.All(network => Access.May(viewer, action, new Subject(network) { Partner = after.Home, Person = after.Id }));
    }

    /// <summary>The network to which a consultant belongs: the affiliation, otherwise the first network of the record.</summary>
    private static NetworkId HomeOf(Owner consultant) =>
        consultant.Profile is ConsultantProfile profile
            ? profile.Affiliation ?? (profile.Networks.IsDefaultOrEmpty ? consultant.Networks[0] : profile.Networks[0])
            : consultant.Networks[0];
}
