using System.Buffers;
using System.Reflection;
using ConsultHub.Journal;
using ConsultHub.Silo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.GrainReferences;
using Orleans.Metadata;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Serialization.Invocation;
using Orleans.Serialization.TypeSystem;

namespace ConsultHub.Tests.Releases;

/// <summary>
/// Everything that is stored and everything that two silos exchange: the types that Orleans writes, and the calls of every grain and
/// observer interface.
/// </summary>
internal sealed class Wire : IDisposable
{
    private static readonly Assembly[] Assemblies = [typeof(JournalRow).Assembly, typeof(HubOptions).Assembly];
    private static readonly Type[] All = [.. Assemblies.SelectMany(a => a.GetTypes())];
    private static readonly Type[] AllWritten = [.. All.Where(IsWritten)];
    private readonly IHost _host;
    private readonly TypeConverter _names;
    private readonly ObjectSerializer _serializer;

    public Wire()
    {
        // These are the services of a real silo, but the silo is not started.
        var builder = Host.CreateApplicationBuilder();
        builder.AddHubSilo();
        _host = builder.Build();
        _names = _host.Services.GetRequiredService<TypeConverter>();
        _serializer = _host.Services.GetRequiredService<ObjectSerializer>();
        Types = [.. FindTypes().Concat(Calls).OrderBy(NameOf, StringComparer.Ordinal)];
    }

    /// <summary>Every concrete type and every call that needs a payload. A generic type has its type arguments.</summary>
    public IReadOnlyList<Type> Types { get; }

    public static IEnumerable<Type> GrainClasses => All.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IGrainBase)));

    /// <summary>The type of a call, for each method of each grain interface and observer interface.</summary>
    private static IEnumerable<Type> Calls => All.Where(t => !t.IsAbstract && t.IsAssignableTo(typeof(IInvokable)));

    public void Dispose() => _host.Dispose();

    /// <summary>Whether the type belongs to the hub and Orleans writes it.</summary>
    public static bool IsWritten(Type type) =>
        Assemblies.Contains(type.Assembly) && type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false);

    /// <summary>The name that Orleans writes for a type: its alias with the aliases of its arguments.</summary>
    public string NameOf(Type type) => _names.Format(type, spec => spec is AssemblyQualifiedTypeSpec { Type: var bare } ? bare : spec);

    /// <summary>The name of a grain class in the ids of its grains.</summary>
    public string GrainTypeOf(Type grain) => _host.Services.GetRequiredService<GrainTypeResolver>().GetGrainType(grain).ToString()!;

    /// <summary>
    /// The expected type with which an object of the given type is serialized: its highest base type that Orleans writes, or its own type.
    /// For calls and exceptions, this is <see cref="object"/>.
    /// </summary>
    public static Type PlaceOf(Type type) =>
        type.IsAssignableTo(typeof(IInvokable)) || type.IsAssignableTo(typeof(Exception))
            ? typeof(object)
            : Member.Levels(type).LastOrDefault(type);

    /// <summary>Writes an object as the bytes that are in grain storage and on the connections between silos.</summary>
    public byte[] Write(object value, Type place)
    {
        var bytes = new ArrayBufferWriter<byte>();
        _serializer.Serialize(value, bytes, place);
        return bytes.WrittenSpan.ToArray();
    }

    public object Read(byte[] bytes, Type place) => _serializer.Deserialize(bytes, place)!;

    /// <summary>Creates a reference to an observer. Some calls have such references as arguments.</summary>
    public object ReferenceTo(Type target, string key) =>
        _host
            .Services.GetRequiredService<GrainReferenceActivator>()
            .CreateReference(
                GrainId.Create("sys.client", key),
                _host.Services.GetRequiredService<GrainInterfaceTypeResolver>().GetGrainInterfaceType(target)
            );

    /// <summary>The concrete types of the objects that a member or argument of the given type can hold.</summary>
    public static IEnumerable<Type> Concrete(Type place)
    {
        foreach (var type in AllWritten.Where(t => !t.IsAbstract))
        {
            var closed = type;
            if (type.IsGenericTypeDefinition)
            {
                if (type.GetGenericArguments().Length != place.GetGenericArguments().Length)
                    continue;
                try
                {
                    closed = type.MakeGenericType(place.GetGenericArguments());
                }
                catch (ArgumentException)
                {
                    continue; // the arguments do not meet the constraints of this type
                }
            }
            if (closed.IsAssignableTo(place))
                yield return closed;
        }
    }

    /// <summary>Whether a member of this type holds one of several records that the hub writes.</summary>
    public static bool IsInterfaceOfHub(Type type) =>
        type.IsInterface && !type.IsAssignableTo(typeof(IAddressable)) && AllWritten.Any(t => t.IsAssignableTo(type));

    public static IInvokable NewCall(Type call) => (IInvokable)Activator.CreateInstance(call, nonPublic: true)!;

    /// <summary>The type that a call returns, or null if it returns nothing.</summary>
    public static Type? ResultOf(MethodInfo method) => method.ReturnType.IsGenericType ? method.ReturnType.GetGenericArguments()[0] : null;

    /// <summary>
    /// Everything that the payloads must contain: each type, each of its members, and each value of their enums. Beside each item is a type
    /// whose payload can contain the item.
    /// </summary>
    public IEnumerable<(string Item, Type Shown)> Needs()
    {
        foreach (var type in Types)
        {
            yield return (NameOf(type), type);
            var places = type.IsAssignableTo(typeof(IInvokable))
                ? NewCall(type).GetMethod().GetParameters().Select(p => p.ParameterType)
                : [];
            foreach (var level in Member.Levels(type))
            foreach (var member in Member.DeclaredBy(level))
            {
                yield return (ItemOf(level, member), type);
                places = places.Append(member.Type);
            }
            foreach (var value in places.SelectMany(Parts).Where(p => p.IsEnum).SelectMany(e => Enum.GetValues(e).Cast<Enum>()))
                yield return (ItemOf(value), type);
        }
    }

    public string ItemOf(Type level, Member member) => $"{NameOf(level)}, member {member.Id}";

    public static string ItemOf(Enum value) => $"{value.GetType().Name}.{value}";

    private static IEnumerable<Type> Parts(Type type) => type.GetGenericArguments().SelectMany(Parts).Prepend(type);

    private static HashSet<Type> FindTypes()
    {
        HashSet<Type> found = [];
        HashSet<Type> seen = [];
        foreach (var type in AllWritten.Where(t => !t.IsGenericTypeDefinition))
            Walk(type);
        foreach (var type in GrainClasses.SelectMany(StoredBy))
            Walk(type);
        foreach (var method in Calls.Select(c => NewCall(c).GetMethod()))
        {
            foreach (var parameter in method.GetParameters())
                Walk(parameter.ParameterType);
            if (ResultOf(method) is { IsAbstract: false } result && Walk(result))
                found.Add(result);
        }
        return found;

        // Finds the types that this type contains. Returns whether this type, or one of its type arguments, belongs to the hub and is
        // written by Orleans.
        bool Walk(Type type)
        {
            if (IsWritten(type) && seen.Add(type))
            {
                if (!type.IsAbstract)
                    found.Add(type);
                foreach (var concrete in Concrete(type))
                    Walk(concrete);
                foreach (var member in Member.Levels(type).SelectMany(Member.DeclaredBy))
                    Walk(member.Type);
            }
            var inside = IsWritten(type);
            foreach (var part in type.GetGenericArguments())
                inside |= Walk(part);
            return inside;
        }
    }

    /// <summary>The types that a grain class stores: the snapshots and the rows of its journal, or its states.</summary>
    private static IEnumerable<Type> StoredBy(Type grain)
    {
        for (var level = grain.BaseType; level is not null; level = level.BaseType)
            if (level.IsGenericType && level.GetGenericTypeDefinition() == typeof(AuthorityGrain<,>))
            {
                yield return typeof(JournalSnapshot<>).MakeGenericType(level.GetGenericArguments()[0]);
                yield return typeof(JournalBody<>).MakeGenericType(level.GetGenericArguments()[1]);
            }
        foreach (var parameter in grain.GetConstructors().SelectMany(c => c.GetParameters()).Select(p => p.ParameterType))
            if (parameter.IsGenericType && parameter.GetGenericTypeDefinition() == typeof(IPersistentState<>))
                yield return parameter.GetGenericArguments()[0];
    }
}
