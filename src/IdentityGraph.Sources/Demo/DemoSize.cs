namespace IdentityGraph.Sources.Demo;

/// <summary>How large the sample company is, and when its history ends.</summary>
public sealed record DemoSize
{
    /// <summary>Where the history ends unless said otherwise.</summary>
    public static readonly DateTimeOffset DefaultUntil = new(2026, 6, 30, 0, 0, 0, TimeSpan.Zero);

    private readonly int _people = 200;
    private readonly int _serviceIdentitiesPerPerson = 2;

    /// <summary>20 to 100,000.</summary>
    public int People
    {
        get => _people;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 20);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 100_000);
            _people = value;
        }
    }

    /// <summary>0 to 50.</summary>
    public int ServiceIdentitiesPerPerson
    {
        get => _serviceIdentitiesPerPerson;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 50);
            _serviceIdentitiesPerPerson = value;
        }
    }

    /// <summary>The last moment of its history; the questions are asked as of it.</summary>
    public DateTimeOffset Until { get; init; } = DefaultUntil;

    /// <summary>Eighteen months of history.</summary>
    public DateTimeOffset Begin => Until.AddMonths(-18);
}
