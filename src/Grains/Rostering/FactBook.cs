using System.Collections.Immutable;
using ConsultHub.Consultants;
using ConsultHub.Directories;
using ConsultHub.Hospitals;
using ConsultHub.Networks;
using ConsultHub.Records;
using Orleans.Runtime;

namespace ConsultHub.Rostering;

/// <summary>
/// Reads facts from the grains that own them, and keeps the facts in memory. Before a roster uses the facts of an owner for the first time,
/// the roster registers with that owner. From then on the owner reports each change, and the changed facts are read again before the next
/// decision that needs them. Changes of the slots in the neighbouring weeks are not reported. If a decision needs these slots and they are
/// at least ten seconds old, they are read again.
/// </summary>
/// <param name="places">The hospitals at which the week already has engagements. Travel from there is estimated from their places.</param>
internal sealed class FactBook(IGrainFactory grains, GrainId roster, string network, Week week, Func<IEnumerable<HospitalId>> places)
{
    private static readonly TimeSpan EdgesKept = TimeSpan.FromSeconds(10);

    private readonly HashSet<HospitalId> _hospitals = [];
    private readonly HashSet<PersonId> _consultants = [];
    private RosterFacts? _facts;
    private bool _networkRead;
    private DateTimeOffset _edgesRead;

    public string Network => network;

    /// <summary>The facts that have been read so far. Null if the network has not been read yet or does not exist.</summary>
    public RosterFacts? Facts => _facts;

    /// <summary>Whether the facts about the network, the hospital and the people have been read.</summary>
    public bool Knows(HospitalId? hospital, ReadOnlySpan<PersonId> people)
    {
        if (!_networkRead || (hospital is { } id && !_hospitals.Contains(id)))
            return false;
        foreach (var person in people)
            if (!_consultants.Contains(person))
                return false;
        return true;
    }

    /// <summary>Reads the facts that are missing. An unknown id gets no facts, so the rules refuse an engagement that names it.</summary>
    public async Task ReadAsync(IEnumerable<HospitalId> hospitals, IEnumerable<PersonId> people)
    {
        var isFirst = _facts is null;
        if (!_networkRead && !await ReadNetworkAsync())
            return;
        if (isFirst)
            hospitals = hospitals.Concat(places());
        await Task.WhenAll([
            .. hospitals.Where(h => !_hospitals.Contains(h)).Distinct().Select(ReadAsync),
            .. people.Where(p => !_consultants.Contains(p)).Distinct().Select(ReadAsync),
        ]);
    }

    /// <summary>Reads the network and the hub's specialties.</summary>
    private async Task<bool> ReadNetworkAsync()
    {
        var owner = grains.GetGrain<INetworkGrain>(network);
        await owner.AsReference<IFactOwner>().RegisterAsync(roster);
        var list = grains.GetGrain<ISpecialtiesGrain>("hub");
        await list.AsReference<IFactOwner>().RegisterAsync(roster);
        var specialties = await list.ListAsync();
        if (await owner.GetAsync() is not { } profile)
            return false;
        _facts = _facts is null
            ? new RosterFacts(profile, week) { Specialties = specialties }
            : _facts.With(profile.Version > _facts.Network.Version ? profile : _facts.Network, specialties);
        return _networkRead = true;
    }

    private async Task ReadAsync(HospitalId id)
    {
        var owner = grains.GetGrain<IHospitalGrain>(id.Value);
        if (await owner.GetAsync() is { } hospital && hospital.Network == _facts!.Network.Id)
        {
            await owner.AsReference<IFactOwner>().RegisterAsync(roster);
            hospital = await owner.GetAsync() ?? hospital;
            if (!(_facts.Hospital(id)?.Version > hospital.Version))
                _facts.Put(hospital);
            _hospitals.Add(id);
        }
        else
            _facts!.Remove(id);
    }

    private async Task ReadAsync(PersonId id)
    {
        var owner = grains.GetGrain<IConsultantGrain>(id.Value);
        if (await owner.GetAsync() is { } consultant)
        {
            await owner.AsReference<IFactOwner>().RegisterAsync(roster);
            consultant = await owner.GetAsync() ?? consultant;
            if (!(_facts!.Consultant(id)?.Version > consultant.Version))
                _facts.Put(consultant);
            _consultants.Add(id);
        }
        else
            _facts!.Remove(id);
    }

    /// <summary>Reads all consultants in the network's directory.</summary>
    public async Task<IReadOnlyList<Consultant>> ReadConsultantsAsync()
    {
        var listed = await grains.GetGrain<IDirectoryGrain>($"{network}/consultants").ListAsync();
        var ids = listed.Select(e => new PersonId(e.Id)).ToList();
        await ReadAsync([], ids);
        return [.. ids.Select(id => _facts?.Consultant(id)).OfType<Consultant>()];
    }

    /// <summary>
    /// Reads, from the weeks before and after this week, the slots that are less than 24 hours away from this week. The checks of travel
    /// and rest need these slots. The check of overlaps does not need them, because an engagement that reaches into the next week has a
    /// hold there.
    /// </summary>
    public async Task ReadEdgesAsync(DateTimeOffset now)
    {
        if (_facts is null || now - _edgesRead < EdgesKept)
            return;
        var (before, after) = (
            grains.GetGrain<IRosterGrain>($"{network}/{week.Previous}"),
            grains.GetGrain<IRosterGrain>($"{network}/{week.Next}")
        );
        var (ends, starts) = (
            before.EdgesAsync(_facts.Bounds.Start - TimeSpan.FromHours(24), _facts.Bounds.Start),
            after.EdgesAsync(_facts.Bounds.End, _facts.Bounds.End + TimeSpan.FromHours(24))
        );
        var slots = (await ends).AddRange(await starts);
        _facts.PutEdges(slots.GroupBy(s => s.Person).ToImmutableDictionary(g => g.Key, g => g.Select(s => s.Slot).ToImmutableArray()));
        _edgesRead = now;
        await ReadAsync(slots.Select(s => s.Slot.Hospital), []);
    }

    /// <summary>
    /// Marks the facts of an owner as changed, so that they are read again before the next decision that needs them. Until then, decisions
    /// that are under way use the old facts.
    /// </summary>
    public void Forget(GrainId owner)
    {
        var (kind, key) = (owner.Type.ToString(), owner.Key.ToString()!);
        if (kind == "hospital")
            _hospitals.Remove(new HospitalId(key));
        else if (kind == "consultant")
            _consultants.Remove(new PersonId(key));
        else
            _networkRead = false;
    }
}
