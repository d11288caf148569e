using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Records;
using ConsultHub.Rostering;

namespace ConsultHub.Web.Records;

/// <summary>Says what a record is about, as far as rights depend on it. <see cref="Access"/> then says who may do what.</summary>
internal sealed class RecordScopes(OwnerBook owners)
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
                        .Concat(consultant.Networks.IsDefault ? [] : consultant.Networks)
                        .Concat(consultant.Affiliation is { } home ? [home] : [])
                        .Distinct()
                        .Select(network => new Subject(network) { Partner = consultant.Home, Person = consultant.Id }),
                ];
            case PlannedEngagement engagement:
                return [new Subject(owner!.Networks[0]) { Hospital = engagement.Hospital }];
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

    public static ImmutableArray<Subject> OfOwner(Owner owner) =>
        owner.Kind switch
        {
            OwnerKind.Hub => [default],
            OwnerKind.Hospital => [new Subject(owner.Networks[0]) { Hospital = new(owner.Id) }],
            OwnerKind.Consultant => [.. owner.Networks.Select(network => OfConsultant(owner, network))],
            _ => [new Subject(owner.Networks[0])],
        };

    private static Subject OfConsultant(Owner owner, NetworkId network) => new(network) { Partner = owner.Home, Person = new(owner.Id) };

    /// <summary>
    /// Whether a viewer may read a record. Whoever may change it may read it. Consultants read what the hub knows of them. Everybody who may
    /// read the table of the hub itself may read all of it.
    /// </summary>
    public async ValueTask<bool> MayReadAsync(Viewer viewer, RecordTable table, Owner owner, IRecord record) =>
        await MayAsync(viewer, table.Read, owner, record)
        || await MayAsync(viewer, table.Change, owner, record)
        || (owner.Kind == OwnerKind.Hub && Access.MaySomewhere(viewer, table.Read))
        || (owner.Kind == OwnerKind.Consultant && viewer.Is(new(owner.Id)));

    /// <summary>Whether a viewer may do an action with a record.</summary>
    public async ValueTask<bool> MayAsync(Viewer viewer, AccessAction action, Owner? owner, IRecord record) =>
        (await OfAsync(owner, record)).Any(of => Access.May(viewer, action, of));

    /// <summary>
    /// Whether a viewer may change a record. Who changes the networks that list a consultant needs the right in each network that is added
    /// or removed.
    /// </summary>
    public async ValueTask<bool> MayChangeAsync(Viewer viewer, AccessAction action, Owner? owner, IRecord? before, IRecord? after)
    {
        if (before is not null && !await MayAsync(viewer, action, owner, before))
            return false;
        if (after is null)
            return before is not null || (owner is not null && OfOwner(owner).Any(of => Access.May(viewer, action, of)));
        if (after is not ConsultantProfile to)
            return await MayAsync(viewer, action, owner, after);
        var was = before is ConsultantProfile from ? ListsOf(from) : [];
        var changed = ListsOf(to).ToHashSet();
        changed.SymmetricExceptWith(was);
        return await MayAsync(viewer, action, owner, after)
            && changed.All(network => Access.May(viewer, action, new Subject(network) { Partner = to.Home, Person = to.Id }));
    }

    private static IEnumerable<NetworkId> ListsOf(ConsultantProfile consultant) =>
        consultant.Networks.IsDefault ? [] : consultant.Networks.Concat(consultant.Affiliation is { } home ? [home] : []).Distinct();
}
