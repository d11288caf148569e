using System.Globalization;
using System.Reflection;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace ConsultHub.Tests.Releases;

/// <summary>Makes objects. Each number, text and time in an object is different. Each run of the tests makes the same objects.</summary>
internal sealed class Sample(Wire wire)
{
    private static readonly string[] Words = ["text", "نص", "글"];
    private static readonly DateTimeOffset Instant = new(2026, 11, 29, 8, 30, 15, 250, TimeSpan.FromHours(4));
    private readonly Dictionary<Type, int> _turns = [];
    private readonly Stack<Type> _inside = [];
    private int _number;
    private int _collections;

    /// <summary>Makes an object. If a type contains itself, the inner member is null and the inner collection is empty.</summary>
    public object Of(Type type)
    {
        _number = 0;
        return Make(type)!;
    }

    /// <param name="fresh">The value of the member in a new object.</param>
    private object? Make(Type type, object? fresh = null)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Make(inner);
        if (type.IsEnum)
            return Next(type, Enum.GetValues(type));
        if (Simple(type, fresh) is { } simple)
            return simple;
        if (type.IsInterface && type.IsAssignableTo(typeof(IAddressable)))
            return wire.ReferenceTo(type, Text());
        if (type.IsAssignableTo(typeof(IInvokable)))
            return Call(type);
        if (type.IsAssignableTo(typeof(Exception)))
            return Activator.CreateInstance(type, Text());
        if (Wire.IsWritten(type) || Wire.IsInterfaceOfHub(type))
            return Written(type);
        return type == typeof(byte[]) ? new[] { (byte)Number(), (byte)Number() } : Collection(type, fresh);
    }

    private object? Simple(Type type, object? fresh) =>
        type == typeof(bool) ? fresh is not true
        : type == typeof(string) ? Text()
        : type == typeof(byte) ? (byte)Number()
        : type == typeof(int) ? Number()
        : type == typeof(uint) ? (uint)Number()
        : type == typeof(long) ? (1L << 40) + Number()
        : type == typeof(double) ? Number() + 0.25
        : type == typeof(decimal) ? Number() + 0.50m
        : type == typeof(Guid) ? new Guid(Number(), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
        : type == typeof(DateTimeOffset) ? Instant.AddMinutes(Number())
        : type == typeof(DateOnly) ? DateOnly.FromDateTime(Instant.Date).AddDays(Number())
        : type == typeof(TimeOnly) ? new TimeOnly(8, 30).AddMinutes(Number())
        : type == typeof(TimeSpan) ? TimeSpan.FromSeconds(Number())
        : type == typeof(GrainId) ? GrainId.Create("roster", string.Create(CultureInfo.InvariantCulture, $"ehs/{Number()}"))
        : null;

    private int Number() => ++_number;

    private string Text() => string.Create(CultureInfo.InvariantCulture, $"{Words[_number % Words.Length]} {Number()}");

    /// <summary>Returns the next choice: the next value of an enum, or the next of the types that a place can hold.</summary>
    private object? Next(Type place, System.Collections.IList choices)
    {
        var turn = _turns.GetValueOrDefault(place);
        _turns[place] = turn + 1;
        return choices[turn % choices.Count];
    }

    private object? Written(Type type)
    {
        if (_inside.Contains(type))
            return null;
        if (type.IsAbstract)
        {
            var choices = Wire.Concrete(type).Where(t => !_inside.Contains(t)).OrderBy(wire.NameOf, StringComparer.Ordinal).ToList();
            return choices.Count == 0 ? null : Make((Type)Next(type, choices)!);
        }
        _inside.Push(type);
        var made = Member.Fresh(type);
        foreach (var member in Member.Levels(type).SelectMany(Member.DeclaredBy))
            member.Set(made, Make(member.Type, member.Of(made)));
        _inside.Pop();
        return made;
    }

    private IInvokable Call(Type type)
    {
        var call = Wire.NewCall(type);
        foreach (var (index, parameter) in call.GetMethod().GetParameters().Index())
            call.SetArgument(index, Make(parameter.ParameterType)!);
        return call;
    }

    /// <summary>Makes an immutable collection of two items. It has only one item if it is inside two or more other collections.</summary>
    /// <param name="fresh">The collection of a new object. The result has the same comparer.</param>
    private object Collection(Type type, object? fresh)
    {
        var arguments = type.GetGenericArguments();
        var made =
            fresh is not null && type.GetMethod("Clear", []) is { } clear
                ? clear.Invoke(fresh, [])!
                : type.GetField("Empty", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) ?? throw Unknown(type);
        var add = type.GetMethod("Add", arguments) ?? throw Unknown(type);
        var most = _collections < 2 ? 2 : 1;
        _collections++;
        for (var i = 0; i < most; i++)
        {
            object?[] parts = [.. arguments.Select(a => Make(a))];
            if (!parts.Contains(null))
                made = add.Invoke(made, parts)!;
        }
        _collections--;
        return made;
    }

    private static NotSupportedException Unknown(Type type) => new($"{nameof(Sample)} cannot make a {type} yet.");
}
