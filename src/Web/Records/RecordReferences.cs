using ConsultHub.Accounts;
using ConsultHub.Consultants;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Programmes;
using ConsultHub.Records;
using ConsultHub.Research;

namespace ConsultHub.Web.Records;

/// <summary>Finds references of records to things that do not exist. A record and its owner are never checked here.</summary>
internal sealed class RecordReferences(OwnerBook owners, AccessBook accounts, LicenceBook licences, IGrainFactory grains)
{
    private const int MostInitiatives = 2_000;

    /// <param name="before">The record as it is stored. Null if it is new.</param>
    /// <returns>Null if everything to which the record refers exists.</returns>
    public async ValueTask<RecordFault?> FaultOfAsync(Viewer viewer, Owner? owner, IRecord record, IRecord? before)
    {
        switch (record)
        {
            case TravelTime travel:
                return await HospitalAsync(travel, "from", travel.From, owner) ?? await HospitalAsync(travel, "to", travel.To, owner);
            case OnCallPeriod period:
                return IsCoordinator(period.Coordinator, owner!.Networks[0])
                    ? null
                    : Fault(record, "coordinator", $"The network has no coordinator {period.Coordinator}.");
            case HospitalProfile hospital:
                return owner is not null && owner.Networks[0] != hospital.Network
                        ? Fault(record, "network", "A hospital stays in its network.")
                    : await HasNetworkAsync(hospital.Network) ? null
                    : Fault(record, "network", $"There is no network {hospital.Network}.");
            case ConsultantProfile consultant:
                return await OfConsultantAsync(consultant, owner);
            case Credential credential:
                return await HospitalAsync(credential, "hospital", credential.Hospital, null)
                    ?? await SpecialtyAsync(credential, "specialty", credential.Specialty)
                    ?? await LicenceAsync(viewer, owner!, credential, before as Credential);
            case Procedure procedure:
                return await SpecialtyAsync(procedure, "specialty", procedure.Specialty)
                    ?? await SignerAsync(procedure, "signedBy", procedure.SignedBy, owner!.Networks[0], isVisiting: true)
                    ?? await SignerAsync(procedure, "countersignedBy", procedure.CountersignedBy, owner.Networks[0], isVisiting: false);
            case ProgrammeProfile programme:
                return await OfProgrammeAsync(programme, owner);
            case Department department:
                return (department.Hospital is { } at ? await HospitalAsync(department, "hospital", at, owner) : null)
                    ?? (department.Specialty is { } of ? await SpecialtyAsync(department, "specialty", of) : null);
            case Rotation rotation:
                return
                    accounts.Standing(rotation.Supervisor) is { } standing && Access.MayJudge(standing, (ProgrammeProfile)owner!.Profile!)
                    ? null
                    : new(
                        record.Record,
                        ProgrammeCodes.NoSupervisor,
                        $"{rotation.Supervisor} has no role in which one supervises here now.",
                        "supervisor"
                    );
            case Visit visit:
                return await HasNetworkAsync(visit.Network) ? null : Fault(record, "network", $"There is no network {visit.Network}.");
            case InitiativeProfile initiative:
                return await OfInitiativeAsync(initiative, owner);
            case ResearchTask task:
                return await PersonAsync(task, "owner", task.Owner, owner!.Networks[0]);
            case SharedResource { Hospital: { } hospital } resource:
                return await HospitalAsync(resource, "hospital", hospital, owner);
            case SharedResource { Partner: { } partner } resource:
                return await PartnerAsync(resource, partner, owner!.Networks[0]);
            case InnovationProposal proposal:
                return await PersonAsync(proposal, "proposer", proposal.Proposer, owner!.Networks[0]);
            default:
                return null;
        }
    }

    private async ValueTask<RecordFault?> OfInitiativeAsync(InitiativeProfile initiative, Owner? owner)
    {
        if (owner is not null && owner.Networks[0] != initiative.Network)
            return Fault(initiative, "network", "An initiative stays in its network.");
        if (!await HasNetworkAsync(initiative.Network))
            return Fault(initiative, "network", $"There is no network {initiative.Network}.");
        if (owner is null && (await owners.InAsync(OwnerKind.Initiative, initiative.Network)).Count >= MostInitiatives)
            return new(((IRecord)initiative).Record, RecordCodes.TooMany, $"A network has at most {MostInitiatives} initiatives.");
        foreach (var site in initiative.Sites.IsDefault ? [] : initiative.Sites)
            if (await HospitalAsync(initiative, "sites", site, new(OwnerKind.Network, "", [initiative.Network], null)) is { } unknown)
                return unknown;
        return (initiative.Specialty is { } specialty ? await SpecialtyAsync(initiative, "specialty", specialty) : null)
            ?? (initiative.Partner is { } partner ? await PartnerAsync(initiative, partner, initiative.Network) : null)
            ?? await PersonAsync(initiative, "lead", initiative.Lead, initiative.Network)
            ?? (initiative.PartnerLead is { } lead ? await PersonAsync(initiative, "partnerLead", lead, initiative.Network) : null);
    }

    /// <summary>A person of a network has a role there, or is one of its consultants.</summary>
    private async ValueTask<RecordFault?> PersonAsync(IRecord record, string field, PersonId person, NetworkId network) =>
        accounts.Accounts.Any(a => a.Person == person && a.Grants.Any(g => g.Scope.Network == network))
        || (
            person.Value is not null
            && (await owners.ReadAsync(OwnerBook.DirectoryOf(OwnerKind.Consultant, network))).Entries.ContainsKey(person.Value)
        )
            ? null
            : Fault(record, field, $"Nobody called {person} is in the network.");

    /// <summary>A clinician of the network does not sign for those who visit, nor a consultant of a partner for the hospital.</summary>
    private async ValueTask<RecordFault?> SignerAsync(IRecord record, string field, PersonId? signer, NetworkId network, bool isVisiting)
    {
        if (signer is not { } person)
            return null;
        if (await PersonAsync(record, field, person, network) is { } unknown)
            return unknown;
        return
            (await owners.FindAsync(OwnerKind.Consultant, person.Value))?.Profile is ConsultantProfile consultant
            && (consultant.Home is null) == isVisiting
            ? Fault(record, field, isVisiting ? $"{person} belongs to the network." : $"{person} belongs to a partner.")
            : null;
    }

    private async ValueTask<RecordFault?> PartnerAsync(IRecord record, PartnerId partner, NetworkId network) =>
        (await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.Partners.Any(p => p.Id == partner) == true
            ? null
            : Fault(record, "partner", $"The network has no partner {partner}.");

    private async ValueTask<RecordFault?> OfConsultantAsync(ConsultantProfile consultant, Owner? owner)
    {
        var listed = consultant.Networks.IsDefault ? [] : consultant.Networks;
        foreach (var network in listed)
            if (!await HasNetworkAsync(network))
                return Fault(consultant, "networks", $"There is no network {network}.");
        if (consultant.Affiliation is { } home && !await HasNetworkAsync(home))
            return Fault(consultant, "affiliation", $"There is no network {home}.");
        if (consultant.Home is { } partner && !await HasPartnerAsync(partner, (owner?.Networks ?? []).Concat(Owner.NetworksOf(consultant))))
            return Fault(consultant, "home", $"No network of the consultant has a partner {partner}.");
        foreach (var code in consultant.Specialties.IsDefault ? [] : consultant.Specialties)
            if (await SpecialtyAsync(consultant, "specialties", code) is { } unknown)
                return unknown;
        return null;
    }

    private async ValueTask<RecordFault?> OfProgrammeAsync(ProgrammeProfile programme, Owner? owner)
    {
        if (owner is not null && owner.Networks[0] != programme.Network)
            return Fault(programme, "network", "A programme stays in its network.");
        if (await owners.FindAsync(OwnerKind.Network, programme.Network.Value ?? "") is not { } network)
            return Fault(programme, "network", $"There is no network {programme.Network}.");
        if (programme.Partner is { } partner && await PartnerAsync(programme, partner, programme.Network) is { } none)
            return none;
        foreach (var hospital in programme.Hospitals.IsDefault ? [] : programme.Hospitals)
            if (await HospitalAsync(programme, "hospitals", hospital, network) is { } unknown)
                return unknown;
        return (programme.Specialty is { } code ? await SpecialtyAsync(programme, "specialty", code) : null)
            ?? await PersonAsync(programme, "director", programme.Director, programme.Network);
    }

    private async ValueTask<bool> HasNetworkAsync(NetworkId network) =>
        network.Value is not null && (await owners.ReadAsync("hub/networks")).Entries.ContainsKey(network.Value);

    private async ValueTask<bool> HasPartnerAsync(PartnerId partner, IEnumerable<NetworkId> networks)
    {
        foreach (var network in networks.Distinct())
            if ((await grains.GetGrain<INetworkGrain>(network.Value).GetAsync())?.Partners.Any(p => p.Id == partner) == true)
                return true;
        return false;
    }

    /// <param name="network">The network in which the hospital must be. Null if it may be in any network.</param>
    private async ValueTask<RecordFault?> HospitalAsync(IRecord record, string field, HospitalId hospital, Owner? network) =>
        hospital.Value is not null
        && await owners.FindAsync(OwnerKind.Hospital, hospital.Value) is { } found
        && (network is null || found.Networks[0] == network.Networks[0])
            ? null
            : Fault(record, field, $"There is no hospital {hospital}.");

    private async ValueTask<RecordFault?> SpecialtyAsync(IRecord record, string field, string code) =>
        (await grains.GetGrain<ISpecialtiesGrain>("hub").ListAsync()).Any(s => s.Code == code)
            ? null
            : Fault(record, field, $"There is no specialty {code}.");

    /// <summary>
    /// Asks whether two consultants with the same licence at a hospital are the same person. A reason says that they are not. A licence
    /// that stood before is not asked about again.
    /// </summary>
    private async ValueTask<RecordFault?> LicenceAsync(Viewer viewer, Owner owner, Credential credential, Credential? before)
    {
        if (
            (before?.Licence == credential.Licence && before?.Hospital == credential.Hospital)
            || await licences.HolderAsync(credential, owner.Id) is not { } other
        )
            return null;
        var name =
            other.Profile is ConsultantProfile profile
            && RecordScopes.OfOwner(other).Any(of => Access.MayReadUse(viewer, "licences", of with { Hospital = credential.Hospital }))
                ? $"{profile.Name.En} ({other.Id})"
                : "Another consultant";
        return new(
            ((IRecord)credential).Record,
            ConsultantCodes.SameLicence,
            $"{name} has this licence at the hospital. If they are different people, give a reason.",
            "licence",
            Overridable: true
        );
    }

    private bool IsCoordinator(PersonId person, NetworkId network) =>
        accounts.Accounts.Any(a => a.Person == person && a.Grants.Any(g => g.Role == Role.Coordinator && g.Scope.Network == network));

    private static RecordFault Fault(IRecord record, string field, string message) =>
        new(record.Record, RecordCodes.UnknownReference, message, field);
}
